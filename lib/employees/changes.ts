import { type StoredEmployee } from "./store";

/** What of a record can change, as an admin reads it; `rest` stands for what no page shows. */
export const changes = [
  "name",
  "active",
  "admin",
  "boss",
  "senior",
  "avatar",
  "title",
  "jobNumber",
  "departments",
  "manager",
  "mobile",
  "hideMobile",
  "telephone",
  "orgEmail",
  "email",
  "workPlace",
  "hired",
  "roles",
  "rest",
] as const;

export type Change = (typeof changes)[number];

/** What DingTalk's answer changed of a stored record. The names alone, so that an address may hold them. */
export function listChanges(before: StoredEmployee, after: StoredEmployee): Change[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return changes.filter((change) => JSON.stringify(old[change]) !== JSON.stringify(now[change]));
}

/** Both records come from the database, which sorts the keys of an object. DingTalk does not promise the order of a list. */
function valuesOf({ employee, active }: StoredEmployee): Record<Change, unknown> {
  const { name, admin, boss, senior, avatarUrl, title, jobNumber, managerUserId, mobile, stateCode } = employee;
  const { hideMobile, telephone, orgEmail, email, workPlace, hiredAtMs, departments, roles } = employee;
  const { unionId, realAuthed, remark, loginId, extension } = employee;
  return {
    ...{ name, active, admin, boss, senior, avatar: avatarUrl, title, jobNumber, manager: managerUserId },
    ...{ mobile: [mobile, stateCode], hideMobile, telephone, orgEmail, email, workPlace, hired: hiredAtMs },
    departments: sortById(departments),
    roles: sortById(roles),
    rest: [unionId, realAuthed, remark, loginId, extension],
  };
}

function sortById<Item extends { id: number }>(items: Item[]): Item[] {
  return [...items].sort((a, b) => a.id - b.id);
}
