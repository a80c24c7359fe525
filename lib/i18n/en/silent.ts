import { type silent as chinese } from "../zh-CN/silent";

export const silent: typeof chinese = {
  heading: "Signing you in with DingTalk",
  steps: {
    loading: "Connecting to DingTalk…",
    "asking-v2": "Asking DingTalk who you are…",
    "asking-v1": "DingTalk is slow, so we are asking another way…",
    exchanging: "Checking that you belong to the company…",
    in: "You are in. Opening the page…",
  },
  again: "Try again",
  failures: {
    unloaded: {
      title: "Part of the sign-in did not load",
      what: "The network may be unstable. Check it and try again, or sign in the other way below.",
    },
    outside: {
      title: "DingTalk is not here",
      what: "This window does not seem to be inside DingTalk. Open the app from your workbench, or sign in the other way below.",
    },
    hung: {
      title: "DingTalk did not answer",
      what: "We asked twice and no answer came. Try again, or sign in the other way below.",
    },
    cancelled: {
      title: "Sign-in was cancelled",
      what: "DingTalk says the confirmation was cancelled. To come in, try again.",
    },
    unregistered: {
      title: "DingTalk does not know this address",
      what: "Your company has no app registered for this web address. Tell your administrator, or sign in the other way below.",
    },
    declined: {
      title: "DingTalk did not say who you are",
      what: "Please try again. If that does not help, sign in the other way below.",
    },
    offline: {
      title: "The connection was lost",
      what: "No result came back from our server. Check your network and try again.",
    },
    looped: {
      title: "Your sign-in was not kept",
      what: "You were signed in a moment ago, but DingTalk did not keep it. Cookies may be switched off: allow them and try again.",
    },
    foreign: {
      title: "This app belongs to another company",
      what: "You opened it from a different organisation’s workbench. Switch to the right company in DingTalk and open it from there.",
    },
  },
};
