import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type Employee } from "../dingtalk/employee";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { currentClient } from "../http/client-info";
import { log } from "../log";
import { type Admin, type Viewer } from "../sessions/permission";
import { type Change, listChanges } from "./changes";
import { findDepartments } from "./departments";
import { maskMobile } from "./mobile";
import { askDingTalk, refreshRelated, within } from "./refresh";
import { findEmployee, isFresh, type StoredEmployee } from "./store";

export type EmployeeProfile = {
  employee: Employee;
  departments: { id: number; name: string | null; path: string[]; isLeader: boolean }[];
  manager: { userId: string; name: string | null } | null;
  fetchedAt: Date;
  source: Source;
  /** The mobile number is there, but most of its digits are replaced. */
  isMobileMasked: boolean;
  lastSignedInAt: Date | null;
};

/**
 * How far a record is DingTalk's own word. `recent`: too young to ask again; `answered`: DingTalk was asked just now, with what its
 * answer changed, or null when there was no older record; `unanswered`: it was asked, and failed or did not answer in time.
 */
export type Source = { state: "recent" } | { state: "answered"; changes: Change[] | null } | { state: "unanswered" };

/** The user id in a page's address; null when no employee can have it. */
export function readUserId(segment: string): UserId | null {
  try {
    return parseUserId(decodeURIComponent(segment));
  } catch {
    return null;
  }
}

/** A page that has an older record to show waits no longer than this for DingTalk. */
const maxWaitMs = 2500;
/** An admin who asks for it waits longer, as DingTalk's own slow answers take. */
const maxReloadMs = 10_000;

/** The viewer's own record. */
export async function getOwnProfile(viewer: Viewer): Promise<EmployeeProfile> {
  const profile = await readProfile(viewer.userId, viewer.record);
  if ("missing" in profile) throw new Error("The viewer has no record.");
  return profile.found;
}

/**
 * Any employee's record for an admin, read from DingTalk when it is unknown or stale. `unknown`: the company has no employee
 * of this id; `unavailable`: DingTalk does not answer and there is no older record. A mobile number that the employee hides is
 * masked without `showsMobile`. (S29)
 */
export async function findProfile(admin: Admin, userId: string, { showsMobile = false } = {}): Promise<ProfileResult> {
  const id = parseUserId(userId);
  if (!id) return { missing: "unknown" };
  const profile = await readProfile(id, await findEmployee({ userId: id }));
  if ("missing" in profile) return profile;
  await recordView(admin, id);
  return { found: showsMobile ? profile.found : withoutHidden(profile.found) };
}

export type ProfileResult = { found: EmployeeProfile } | { missing: "unknown" | "unavailable" };

/** Reads a record from DingTalk though it may be fresh: what that changed of it, or null when DingTalk does not answer. */
export async function reloadProfile(admin: Admin, userId: string): Promise<Change[] | null> {
  const id = parseUserId(userId);
  const before = id && (await findEmployee({ userId: id }));
  if (!id || !before) return null;
  await recordView(admin, id);
  if (!(await askDingTalk(id, maxReloadMs))) return null;
  return listChanges(before, (await findEmployee({ userId: id })) ?? before);
}

async function readProfile(userId: UserId, before: StoredEmployee | null): Promise<ProfileResult> {
  if (before && isFresh(before)) return { found: await compose(before, { state: "recent" }) };
  // With an older record to show, the page waits only briefly.
  const hasAnswer = await askDingTalk(userId, before ? maxWaitMs : null);
  const stored = await findEmployee({ userId });
  if (!stored) return { missing: hasAnswer ? "unknown" : "unavailable" };
  if (!hasAnswer) return { found: await compose(stored, { state: "unanswered" }) };
  return { found: await compose(stored, { state: "answered", changes: before && listChanges(before, stored) }) };
}

async function compose(stored: StoredEmployee, source: Source): Promise<EmployeeProfile> {
  const { employee, active, fetchedAt, lastSignedInAt } = stored;
  const known = await findRelated(employee);
  const isEnough = known.isComplete || source.state === "unanswered";
  const { paths, manager } = isEnough ? known : await completeRelated(employee);
  return {
    // Of an employee who is gone, DingTalk gives no new details; the row says it.
    employee: { ...employee, active },
    departments: employee.departments.map(({ id, isLeader }) =>
      describeDepartment(paths.get(id) ?? [], { id, isLeader }),
    ),
    manager,
    fetchedAt,
    source,
    isMobileMasked: false,
    lastSignedInAt,
  };
}

function withoutHidden(profile: EmployeeProfile): EmployeeProfile {
  const { employee } = profile;
  if (!employee.hideMobile || !employee.mobile) return profile;
  return { ...profile, employee: maskMobile(employee), isMobileMasked: true };
}

/** An employee's departments and manager as far as they are stored. `isComplete`: DingTalk needs not be asked for them. */
async function findRelated({ departments, managerUserId }: Employee) {
  const managerId = parseUserId(managerUserId);
  const [{ paths, isFresh }, found] = await Promise.all([
    findDepartments(departments.map((department) => department.id)),
    managerId && findEmployee({ userId: managerId }),
  ]);
  const manager = managerId && { userId: managerId, name: found?.employee.name ?? null };
  return { paths, manager, isComplete: isFresh && (manager === null || found !== null) };
}

/** The same after asking DingTalk, as far as it answers in time. */
async function completeRelated(employee: Employee) {
  await within(maxWaitMs, refreshRelated(employee)).catch((err) => log().warn({ err }, "departments not refreshed"));
  return findRelated(employee);
}

function describeDepartment(path: string[], department: { id: number; isLeader: boolean }) {
  return { ...department, name: path.at(-1) ?? null, path };
}

async function recordView({ corpId, userId: actorUserId }: Admin, userId: UserId): Promise<void> {
  const client = await currentClient();
  await recordEvent(db, { kind: "employee_viewed", corpId, userId, actorUserId, client });
}
