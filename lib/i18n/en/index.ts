import { type Translation } from "../fill";
import { type words as chinese } from "../zh-CN/index";
import { devices, notification } from "./devices";
import { fault } from "./fault";
import { login, silent } from "./login";
import { people } from "./people";
import { refusals } from "./refusals";
import { tickets } from "./tickets";

export const words: Translation<typeof chinese> = {
  language: "en",
  login,
  silent,
  tickets,
  people,
  devices,
  notification,
  refusals,
  fault,
  site: {
    nav: "Main",
    skip: "Skip to content",
    profile: "My details",
    sessions: "Devices",
    employees: "Directory",
    signOut: "Sign out",
    language: "Language",
  },
  missing: {
    title: "Page not found",
    what: "The address may be misspelt, or you do not have permission to see this page.",
    home: "Go to the start page",
  },
  time: {
    justNow: "just now",
    moment: "{day}, {time}",
    underOneMonth: "less than a month",
    yearsAndMonths: "{years}, {months}",
  },
};
