import { type Translation } from "../fill";
import { type login as chineseLogin, type silent as chineseSilent } from "../zh-CN/login";

export const login: Translation<typeof chineseLogin> = {
  title: "Sign in",
  heading: "Sign in with DingTalk",
  lead: "Only employees of this company can sign in. Once signed in, you can see your details.",
  steps: {
    frame: [
      "Open DingTalk on your phone and tap scan",
      "Scan the code and check what your phone shows",
      "Tap confirm, and this page signs you in",
    ],
  },
  redirect: "Sign in to DingTalk in this window",
  continueAs: "Continue as {name}",
  again: "Try again",
  reference: "Reference",
  phone: {
    lead: "DingTalk will confirm who you are and bring you back here.",
    otherDevice: "Scan with another phone",
  },
  signedOut: {
    title: "You have signed out",
    what: "Next time you will confirm who you are again. On a shared computer, sign out of DingTalk’s website as well.",
  },
  signInAgain: {
    title: "Please sign in again",
    what: "This action signs other people out, and your own sign-in is not recent. After signing in you return to the page you came from.",
  },
  start: { frame: "Show the QR code", silent: "Sign in with DingTalk" },
  noScript:
    "Your browser runs no scripts, so the QR code cannot be shown. Please sign in to DingTalk in this window instead.",
  wait: {
    title: "Waiting to sign in",
    about: "About",
    seconds: "s",
    place: { one: "{count} person before you", other: "{count} people before you" },
    next: "You are next",
    why: "Many people are signing in, and DingTalk limits how many it lets through per second. This page continues by itself when it is your turn, so please leave it open.",
    leave: "Stop waiting and come back later",
  },
  trust: "DingTalk confirms who you are. We never ask for your password",
  frame: {
    name: "DingTalk sign-in QR code",
    preparing: "Preparing the QR code…",
    ready: "Waiting for a scan",
    leaving: "Confirmed. Signing in…",
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

export const silent: Translation<typeof chineseSilent> = {
  heading: "Signing you in with DingTalk",
  steps: {
    loading: "Connecting to DingTalk…",
    "asking-v2": "Asking DingTalk who you are…",
    "asking-v1": "DingTalk is slow, so we are asking another way…",
    exchanging: "Checking that you belong to the company…",
    waiting:
      "Many people are signing in. People before you: {place}. This continues by itself in about {seconds} s, so please leave this page open…",
    in: "Signed in. Opening the page…",
  },
  again: "Try again",
  failures: {
    unloaded: {
      title: "Part of the sign-in did not load",
      what: "The network may be unstable. Check it and try again, or sign in another way below.",
    },
    outside: {
      title: "DingTalk was not found",
      what: "This window does not seem to be inside DingTalk. Open the app from your workbench, or sign in another way below.",
    },
    hung: {
      title: "DingTalk did not answer",
      what: "We asked twice and no answer came. Try again, or sign in another way below.",
    },
    cancelled: {
      title: "Sign-in was cancelled",
      what: "DingTalk says the confirmation was cancelled. To sign in, try again.",
    },
    unregistered: {
      title: "DingTalk could not confirm your identity here",
      what: "Either this web address is not registered as one of your company’s apps, or your DingTalk account is no longer in the company. Give your administrator this message, or sign in another way below.",
    },
    declined: {
      title: "DingTalk did not say who you are",
      what: "Please try again. If that does not help, sign in another way below.",
    },
    offline: {
      title: "The connection was lost",
      what: "No result came back from our server. Check your network and try again.",
    },
    looped: {
      title: "Your sign-in was not saved",
      what: "You signed in a moment ago, but DingTalk did not save it. Cookies may be switched off: allow them and try again.",
    },
    foreign: {
      title: "This app belongs to another company",
      what: "You opened it from a different organisation’s workbench. Switch to the right company in DingTalk and open it from there.",
    },
  },
};
