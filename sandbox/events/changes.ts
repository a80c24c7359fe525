import { type Person } from "../company/people";
import { type Change } from "./records";

/** The changes that a person's old and new record mean; null means that there is no record. */
export function changesOfPerson(before: Person | null, after: Person | null): Change[] {
  const [old, current] = [asMember(before), asMember(after)];
  const userIds = [before?.userid ?? after?.userid ?? ""];
  if (!old && !current) return [];
  if (!current) return [{ type: "user_leave_org", userIds }];
  const admin = changeOfAdmin(old, current);
  if (!old) return [{ type: "user_add_org", userIds }, ...admin];
  const activation = current.active && !old.active ? [{ type: "user_active_org", userIds }] : [];
  return [...activation, ...modification(old, current), ...admin];
}

function asMember(person: Person | null): Person | null {
  return person?.membership === "member" ? person : null;
}

function changeOfAdmin(before: Person | null, after: Person): Change[] {
  const [was, is] = [before?.admin || before?.subAdmin || false, after.admin || after.subAdmin];
  if (was === is) return [];
  return [{ type: is ? "org_admin_add" : "org_admin_remove", userIds: [after.userid] }];
}

/** DingTalk sends nothing for a change of the account, such as its picture, or for the fields of the other events. */
const silentFields = ["avatar", "personalEmail", "unionid", "openid", "admin", "subAdmin", "alsoIn"];

function modification(before: Person, after: Person): Change[] {
  const isActivation = after.active && !before.active;
  const ignored = isActivation ? [...silentFields, "active"] : silentFields;
  if (visibleFields(before, ignored) === visibleFields(after, ignored)) return [];
  const diff = { prev: diffFields(before), curr: diffFields(after), userid: after.userid };
  return [{ type: "user_modify_org", userIds: [after.userid], diff }];
}

function visibleFields(person: Person, ignored: string[]): string {
  const fields = Object.entries(person).filter(([name]) => !ignored.includes(name));
  return JSON.stringify(fields.toSorted(([one], [other]) => one.localeCompare(other)));
}

/** The fields that the document names; departments are not among them. */
function diffFields(person: Person): Record<string, unknown> {
  const { name, managerUserid, telephone, email, jobNumber, workPlace, hiredDate } = person;
  const date = hiredDate === null ? null : new Date(hiredDate).toISOString().slice(0, 10);
  const fields = { managerUserid, hiredDate: date, name, telephone, email, jobNumber, workPlace };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ""));
}
