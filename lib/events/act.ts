import { DingTalkError } from "../dingtalk/errors";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { requestSync } from "../directory/schedule";
import { reloadDepartments } from "../employees/departments";
import { refreshEmployee, refreshRelated } from "../employees/refresh";
import { deactivateEmployee, findEmployee } from "../employees/store";
import { type StoredEvent } from "./store";

/** The root department, whose name is the company's. */
const rootId = 1;

const aboutPeople = ["user_add_org", "user_modify_org", "user_active_org", "org_admin_add", "org_admin_remove"];
const aboutDepartments = ["org_dept_create", "org_dept_modify", "org_dept_remove"];
const aboutCompany = ["org_update", "org_change"];

/**
 * Does what an event asks for. An event only says of whom something changed: what, DingTalk is asked, so that neither an old nor
 * a repeated nor a reordered event can bring back a former state. (S41) Throws `DingTalkError` when DingTalk does not answer; the
 * caller tries again.
 */
export async function actOn({ type, userIds, departmentIds }: StoredEvent): Promise<void> {
  if (type === "user_leave_org") return inTurn(userIds, confirmLeaver);
  if (aboutPeople.includes(type)) return inTurn(userIds, refresh);
  if (aboutDepartments.includes(type)) return reload(departmentIds);
  if (aboutCompany.includes(type)) return reloadDepartments([rootId]);
}

/** The names at once; new departments, and who is where, by a run of the directory sync. */
async function reload(departmentIds: number[]): Promise<void> {
  await requestSync();
  await reloadDepartments(departmentIds);
}

/** Everyone is tried, although one fails. */
async function inTurn(userIds: string[], work: (userId: UserId) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const userId of userIds.map(parseUserId)) {
    if (userId) await work(userId).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * While DingTalk cannot be asked, its own signed word counts: a leaver loses every session now, and a person who is wrongly
 * taken for one signs in again, which asks DingTalk. (S26)
 */
async function confirmLeaver(userId: UserId): Promise<void> {
  if (!(await findEmployee({ userId }))?.active) return;
  try {
    await refreshEmployee(userId);
  } catch (error) {
    if (error instanceof DingTalkError) await deactivateEmployee(userId);
    throw error;
  }
}

/** Who is new comes into the directory with this. */
async function refresh(userId: UserId): Promise<void> {
  const employee = await refreshEmployee(userId);
  if (employee?.active) await refreshRelated(employee);
}
