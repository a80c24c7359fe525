import { type Translation } from "../fill";
import { type employeePage as chinese } from "../zh-CN/employee-page";

const fields: (typeof chinese)["source"]["fields"] = {
  name: "name",
  active: "active or disabled",
  admin: "administrator",
  boss: "boss",
  senior: "senior",
  avatar: "picture",
  title: "title",
  jobNumber: "job number",
  departments: "departments",
  manager: "manager",
  mobile: "mobile",
  hideMobile: "whether the mobile is hidden",
  telephone: "telephone",
  orgEmail: "company email",
  email: "email",
  workPlace: "work place",
  hired: "date of joining",
  roles: "roles",
  rest: "other details",
};

const endReasons: (typeof chinese)["history"]["endReasons"] = {
  signed_out: "signed out by the employee",
  replaced: "replaced by a new sign-in in the same browser",
  revoked: "signed out by an administrator",
  leaver: "left the company or disabled",
  over_limit: "too many devices signed in",
  rejected: "not recognised by the employee",
  expired: "expired",
};

export const employeePage: Translation<typeof chinese> = {
  reports: {
    title: { one: "Direct reports · {count}", other: "Direct reports · {count}" },
    shown: "These are the first {shown}.",
  },
  mobile: {
    show: "Show",
    showNamed: "Show {name}’s mobile number",
    recorded: "Recorded in the audit trail, shown only this once",
  },
  source: {
    title: "DingTalk’s record",
    read: "Read",
    answer: "Check",
    recent: "Read a short while ago; DingTalk was not asked again",
    answered: "Confirmed by DingTalk just now",
    unanswered: "DingTalk is not answering; these are earlier details",
    changed: "Changes",
    none: "Same as before",
    first: "Read for the first time; there is nothing to compare with",
    fields,
    again: "Ask DingTalk again",
    asked: {
      changed: "Read again. Changed: {fields}.",
      same: "Read again. Nothing has changed.",
      unanswered: "DingTalk did not answer. These are still the earlier details.",
    },
  },
  end: "Sign out",
  endNamed: "Sign out {name}’s {device}",
  again: "You have signed in again. Please press “Sign out” once more.",
  history: {
    title: "Sign-in history",
    kept: "Ended sign-ins are kept for {sessions} days, refused ones for {refusals} days.",
    none: "No sign-in is on record.",
    live: "Signed in",
    ended: "Ended",
    endReasons,
    refused: "Sign-in refused",
    reference: "Reference",
    repeated: { one: "repeated {count} time", other: "repeated {count} times" },
    older: "Older",
    newest: "Back to the newest",
    audit: "All audit events of this employee",
  },
};
