import { type Translation } from "../fill";
import { type fault as chinese } from "../zh-CN/fault";

export const fault: Translation<typeof chinese> = {
  title: "This page could not be loaded",
  what: "Something went wrong on our side. Nothing of yours was changed.",
  next: "Please try again. If it keeps happening, give your administrator the reference below.",
  reference: "Reference",
  again: "Try again",
  home: "Go to the start page",
  unavailable: {
    database: {
      title: "Your sign-in cannot be checked right now",
      what: "Our database is not answering, so nothing can be shown. You have not been signed out.",
      next: "Please open this page again in a moment. You do not need to sign in again.",
    },
    dingtalk: {
      title: "DingTalk has not confirmed your account for too long",
      what: {
        one: "The last check was {count} hour ago, and DingTalk cannot be reached now, so nothing can be shown. You have not been signed out.",
        other:
          "The last check was {count} hours ago, and DingTalk cannot be reached now, so nothing can be shown. You have not been signed out.",
      },
      next: "Open this page again when DingTalk is back. You do not need to sign in again.",
    },
  },
};
