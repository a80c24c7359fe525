import { type Translation } from "../fill";
import { type words as chinese } from "../zh-CN/index";
import { audit } from "./audit";
import { companySessions } from "./company-sessions";
import { directory } from "./directory";
import { employeePage } from "./employee-page";
import { ended } from "./ended";
import { fault } from "./fault";
import { login, silent } from "./login";
import { overview } from "./overview";
import { people } from "./people";
import { refusals } from "./refusals";
import { tickets } from "./tickets";

export const words: Translation<typeof chinese> = {
  language: "en",
  login,
  silent,
  tickets,
  people,
  companySessions,
  audit,
  directory,
  employeePage,
  overview,
  refusals,
  ended,
  fault,
  site: {
    nav: "Main",
    skip: "Skip to content",
    profile: "My details",
    sessions: "Devices",
    employees: "Directory",
    overview: "Overview",
    companySessions: "Signed in",
    audit: "Audit",
    signOut: "Sign out",
    language: "Language",
  },
  unavailable: {
    again: "Try again",
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
  missing: {
    title: "Page not found",
    what: "The address may be misspelt, or you do not have permission to see this page.",
    home: "Go to the start page",
  },
  devices: {
    title: "Signed-in devices",
    lead: "These browsers are signed in to your account now. Sign out any you don’t know.",
    end: "Sign out",
    endNamed: "Sign out {device}",
    endOthers: "Sign out all other devices",
    onlyThis: "Only this device is signed in.",
    approvedBy: "approved on {phone}",
    aPhone: "a phone",
    overLimit: {
      one: "At most {count} device can be signed in at a time, so an older one was signed out {ago}: {device}.",
      other: "At most {count} devices can be signed in at a time, so an older one was signed out {ago}: {device}.",
    },
  },
  newSignIn: {
    title: "New sign-in. Was this you?",
    what: "{device}, {ago}. {method}",
    confirm: "Yes, it was me",
    reject: "No, sign it out",
  },
  notification: {
    title: "New sign-in",
    device: "{device} was just signed in",
    aDevice: "A device",
    time: "Time: {time}",
    network: "Network: {ip}",
    advice: "Not you? Check now and sign that device out.",
    link: "See signed-in devices",
  },
  time: {
    justNow: "just now",
    moment: "{day}, {time}",
    underOneMonth: "less than a month",
    yearsAndMonths: "{years}, {months}",
  },
};
