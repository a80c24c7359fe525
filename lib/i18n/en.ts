import { announcement } from "./en/announcement";
import { devices } from "./en/devices";
import { login } from "./en/login";
import { people } from "./en/people";
import { refusals } from "./en/refusals";
import { silent } from "./en/silent";
import { tickets } from "./en/tickets";
import { faultWords } from "./fault";
import { countMonths, formatAgo, formatDay, formatExact, formatMoment, formatPhone } from "./format";
import type { Words } from "./words";

export const en: Words = {
  announcement,
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
