import { faultWords } from "../fault";
import { countMonths, formatAgo, formatDay, formatExact, formatMoment, formatPhone } from "../format";
import { type Words } from "../words";
import { devices } from "./devices";
import { login } from "./login";
import { notification } from "./notification";
import { people } from "./people";
import { refusals } from "./refusals";
import { silent } from "./silent";
import { tickets } from "./tickets";

export const en: Words = {
  notification,
  devices,
  tickets,
  login,
  silent,
  people,
  refusals,
  fault: faultWords.en,
  site: {
    nav: "Main",
    skip: "Skip to content",
    profile: "My details",
    sessions: "Devices",
    employees: "Directory",
    signOut: "Sign out",
    language: "Language",
    languages: { "zh-CN": "中文", en: "English" },
  },
  missing: {
    title: "There is no such page",
    what: "The address may be misspelt, or it is not yours to see.",
    home: "Go to the start page",
  },
  time: {
    day: (date: Date) => formatDay("en", date),
    moment: (date: Date, now: Date) => formatMoment("en", date, now),
    exact: (date: Date) => formatExact("en", date),
    ago: (date: Date, now: Date) => formatAgo("en", date, now) ?? "just now",
    since: (date: Date, now: Date) => countMonths(date, now),
  },
  phone: formatPhone,
};
