import { type Translation } from "../fill";
import { type tickets as chinese } from "../zh-CN/tickets";

export const tickets: Translation<typeof chinese> = {
  desktop: {
    name: "QR code to sign in",
    opening: "Preparing the code…",
    waiting: "Waiting for a scan",
    renews: "· renews in {time}",
    scanned: "Scanned. Confirm on the phone",
    approved: "Allowed. Signing in…",
    number: "Type on the phone",
    again: "Show a new code",
    declined: { title: "The phone declined", what: "If that was a mistake, show a new code and scan again." },
    expired: {
      title: "The code has expired",
      what: "This page waited for a long time. Show a new code when you need it.",
    },
    busy: { title: "Too many requests", what: "Wait {seconds} seconds, then try again." },
    offline: { title: "Can’t reach the server", what: "Check your connection, then show a new code." },
  },
  switchTo: { frame: "Use DingTalk’s QR code", ticket: "Use this app’s QR code" },
  fellBack: "DingTalk’s code did not load, so this is the app’s own. Scan it with DingTalk in the same way.",
  whileDown:
    "DingTalk does not answer at the moment, so this is the app’s own code. Scan it with DingTalk in the same way.",
  steps: [
    "Open DingTalk on your phone and tap Scan",
    "Check the browser and network it shows",
    "Type the two digits from the right, then tap Allow",
  ],
  phone: {
    title: "Sign this computer in?",
    lead: "It is asking to sign in to {brand}. If you did not open the sign-in page yourself, decline.",
    facts: { browser: "Browser", network: "Network", time: "Time" },
    otherNetwork: "The computer and this phone are on different networks. Check once more.",
    number: "Type the two digits shown on the computer",
    numberHint: "Two digits",
    approve: "Allow sign-in",
    decline: "Not me, decline",
    openInDingTalk: {
      title: "Open this in DingTalk",
      what: "Sign-in is confirmed in DingTalk on your phone. Scan again with DingTalk’s scanner, or:",
      link: "Open in DingTalk",
    },
    wrongMethod: {
      title: "Sign in through DingTalk again",
      what: "To allow a computer to sign in, DingTalk must have confirmed who you are on this phone. Sign out, then sign in again from DingTalk.",
      link: "Sign out and sign in again",
    },
    ends: {
      approved: { title: "Sign-in allowed", what: "The computer signs in by itself. You can close this page." },
      declined: {
        title: "Declined",
        what: "The computer was not signed in. If you did not open the sign-in page, there is nothing else to do.",
      },
      wrong_number: {
        title: "Wrong digits, so this sign-in was cancelled",
        what: "Show a new code on the computer and scan again. If you did not open the sign-in page, don’t scan again.",
      },
      used: { title: "This code was used already", what: "Each code works once. To sign in again, scan the new one." },
      expired: { title: "The code has expired", what: "Scan the new code on the computer." },
      cancelled: { title: "The sign-in page was closed", what: "Open it on the computer again, then scan." },
      taken: {
        title: "Another phone scanned it first",
        what: "If that was not a phone of yours, stop here and show a new code on the computer.",
      },
      unknown: { title: "QR code not found", what: "Scan the code on the computer’s sign-in page." },
      wait: { title: "Too many attempts", what: "Wait a moment, then scan again." },
    },
  },
};
