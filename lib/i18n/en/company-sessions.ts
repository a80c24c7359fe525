import { type Translation } from "../fill";
import { type companySessions as chinese } from "../zh-CN/company-sessions";

export const companySessions: Translation<typeof chinese> = {
  title: "Signed in now",
  lead: "The devices that are signed in across the company, latest sign-in first.",
  total: { one: "{count} device", other: "{count} devices" },
  columns: { employee: "Employee", device: "Device and network", started: "Signed in", lastSeen: "Last used" },
  searchLabel: "Find by employee or network address",
  noMatch: "No signed-in device matches. Try another spelling, or clear the search.",
  end: "Sign out",
  endNamed: "Sign out {name}’s {device}",
  ended: { one: "{count} device signed out.", other: "{count} devices signed out." },
  next: "Next page",
  first: "Back to the first page",
  endAll: {
    summary: "Sign out the whole company",
    what: "Every employee will be signed out on every device at once, and has to sign in again to continue.",
    word: "sign out all",
    label: "Type “{word}” to confirm",
    keepOwn: "Keep the device I am using signed in",
    confirm: "Sign everyone out",
    mismatch: "The text did not match. No one was signed out.",
  },
  signedInAgain: "You have signed in again. Please confirm once more.",
};
