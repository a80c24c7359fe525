import { type login as chinese } from "../zh-CN/login";

export const login: typeof chinese = {
  title: "Sign in",
  heading: "Sign in with DingTalk",
  lead: "Only people of this company can come in. Once in, you can see your details.",
  steps: {
    frame: [
      "Open DingTalk on your phone and tap scan",
      "Scan the code and check what your phone shows",
      "Tap confirm, and this page lets you in",
    ],
  },
  redirect: "Sign in to DingTalk in this window",
  continueAs: (name: string) => `Continue as ${name}`,
  again: "Try again",
  reference: "Number",
  phone: {
    lead: "DingTalk will confirm who you are and bring you back here.",
    otherDevice: "Scan with another phone",
  },
  signedOut: {
    title: "You have signed out",
    what: "Next time you will confirm who you are again. On a shared computer, sign out of DingTalk’s website as well.",
  },
  start: { frame: "Show the QR code", silent: "Come in with DingTalk" },
  noScript:
    "Your browser runs no scripts, so the QR code cannot be shown. Please sign in to DingTalk in this window instead.",
  trust: "DingTalk confirms who you are. We never ask for your password",
  frame: {
    name: "DingTalk sign-in QR code",
    preparing: "Preparing the QR code…",
    ready: "Waiting for a scan",
    leaving: "Confirmed. Letting you in…",
    again: "Try again",
    offline: {
      title: "The QR code did not open",
      what: "DingTalk cannot be reached. Devices already signed in keep working, and the button below may still work.",
    },
    outsider: {
      title: "You are not in this company",
      what: "Switch to the DingTalk account you use at work, then scan again.",
    },
    refused: {
      title: "That scan did not work",
      what: "DingTalk did not finish signing you in. Please scan again.",
    },
  },
};
