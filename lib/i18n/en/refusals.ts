import { type refusals as chinese } from "../zh-CN/refusals";

const askAdministrator = "Please give your administrator the reference below. There is nothing else for you to do.";

export const refusals: typeof chinese = {
  denied: {
    title: "You chose not to sign in",
    what: "Sign-in was declined on DingTalk’s confirmation page.",
    next: "If that was a mistake, sign in again and choose to agree.",
  },
  state_mismatch: {
    title: "This sign-in is no longer valid",
    what: "The page was open too long, sign-in began again in another window, or this link was not opened in the browser that asked for it.",
    next: "Please sign in again. If the link was sent to you, don’t open it again.",
  },
  code_used: {
    title: "This sign-in was already used",
    what: "DingTalk’s sign-in code works once. Reloading or going back may have sent it again.",
    next: "Please sign in again to get a new one.",
  },
  outsider: {
    title: "You are not in this company",
    what: "The DingTalk account you used does not belong to this company, so it cannot sign in.",
    next: "If you have several DingTalk accounts, try the one you use at work. If you have just joined, ask your administrator whether you were added.",
  },
  external_contact: {
    title: "External contacts cannot sign in",
    what: "This company lists your DingTalk account as an external contact. Only its employees can sign in.",
    next: "If you need access, ask a colleague there to have an administrator add you to the directory.",
  },
  leaver: {
    title: "Your account is switched off",
    what: "The company directory says you have left, or that your account is disabled.",
    next: "If that is wrong, ask your administrator or HR to restore your account.",
  },
  out_of_scope: {
    title: "This app is not open to you yet",
    what: "You belong to the company, but the administrator has not opened this app to you.",
    next: "Give your administrator the reference below and ask to be added to the app’s visible range.",
  },
  other_person: {
    title: "Another person is signed in here",
    what: "The person signed in here is not the one using DingTalk, so nothing was changed.",
    next: "Sign out first, then sign in with your own DingTalk.",
  },
  ticket_expired: {
    title: "This QR code has expired",
    what: "It was open too long, was declined, or was already used.",
    next: "Please sign in again to get a new one.",
  },
  permission_missing: {
    title: "The app’s permissions are incomplete",
    what: "DingTalk did not let the app check who you are. Your account is fine.",
    next: askAdministrator,
  },
  ip_not_allowed: {
    title: "DingTalk did not accept this server",
    what: "DingTalk refused the server this app runs on. Your account is fine.",
    next: askAdministrator,
  },
  wrong_credentials: {
    title: "DingTalk did not recognise the app",
    what: "The app is not set up correctly, so sign-in does not work for now. Your account is fine.",
    next: askAdministrator,
  },
  app_disabled: {
    title: "The app is switched off in DingTalk",
    what: "It was not published yet, or was disabled. Your account is fine.",
    next: askAdministrator,
  },
  throttled: {
    title: "Too many people are signing in",
    what: "DingTalk is limiting requests for a moment.",
    next: "Please wait a minute and try again.",
  },
  too_many_requests: {
    title: "Too many requests",
    what: "This network or this browser sent too many requests within a minute, so we paused it. Devices already signed in are not affected.",
    next: {
      one: "Please wait {count} second, then try again. If your whole office sees this, give your administrator the reference below.",
      other:
        "Please wait {count} seconds, then try again. If your whole office sees this, give your administrator the reference below.",
    },
  },
  busy: {
    title: "The queue for signing in is full",
    what: "Very many people are signing in at once, so your sign-in was not started. Devices already signed in are not affected.",
    next: "Please try again in a few minutes.",
  },
  dingtalk_unreachable: {
    title: "DingTalk cannot be reached",
    what: "Our server has lost its connection to DingTalk. Devices already signed in are not affected.",
    next: "Please try again in a few minutes. If it keeps happening, give your administrator the reference below.",
  },
  dingtalk_timeout: {
    title: "DingTalk did not answer in time",
    what: "We waited, and no answer came. Devices already signed in are not affected.",
    next: "Please try again. If it keeps happening, give your administrator the reference below.",
  },
  dingtalk_failed: {
    title: "DingTalk has a problem",
    what: "Its answer could not be used, so you were not signed in. Devices already signed in are not affected.",
    next: "Please try again in a few minutes. If it keeps happening, give your administrator the reference below.",
  },
  bad_request: {
    title: "The sign-in request is incomplete",
    what: "This address is missing something that sign-in needs. It may not have been copied in full.",
    next: "Please sign in again from here.",
  },
  unexpected: {
    title: "Signing in did not work",
    what: "Something went wrong on our side. Your account was not affected.",
    next: "Please try again. If it keeps happening, give your administrator the reference below.",
  },
};
