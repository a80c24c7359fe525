import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type Employee } from "../dingtalk/employee";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { currentClient } from "../http/client-info";
import { log } from "../log";
import { type Admin, type Viewer } from "../sessions/permission";
import { findDepartments } from "./departments";
import { askDingTalk, refreshRelated, within } from "./refresh";
import { findEmployee, isFresh, type StoredEmployee } from "./store";

export type EmployeeProfile = {
  employee: Employee;
  departments: { id: number; name: string | null; path: string[]; isLeader: boolean }[];
  manager: { userId: string; name: string | null } | null;
  fetchedAt: Date;
  /** DingTalk was asked, and failed or did not answer in time. */
  isStale: boolean;
  lastSignedInAt: Date | null;
};

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

/** The viewer's own record. */
export async function getOwnProfile(viewer: Viewer): Promise<EmployeeProfile> {
  const profile = await readProfile(viewer.userId, viewer.record);
  if ("missing" in profile) throw new Error("The viewer has no record.");
  return profile.found;
}

/**
 * Any employee's record for an admin, read from DingTalk when it is unknown or stale. `unknown`: the company has no employee
 * of this id; `unavailable`: DingTalk does not answer and there is no older record.
 */
export async function findProfile(admin: Admin, userId: string): Promise<ProfileResult> {
  const id = parseUserId(userId);
  if (!id) return { missing: "unknown" };
  const profile = await readProfile(id, await findEmployee({ userId: id }));
  if ("found" in profile) await recordView(admin, id);
  return profile;
}

export type ProfileResult = { found: EmployeeProfile } | { missing: "unknown" | "unavailable" };

async function readProfile(userId: UserId, before: StoredEmployee | null): Promise<ProfileResult> {
  if (before && isFresh(before)) return { found: await compose(before, false) };
  // With an older record to show, the page waits only briefly.
  const hasAnswer = await askDingTalk(userId, before ? maxWaitMs : null);
  const stored = await findEmployee({ userId });
  if (!stored) return { missing: hasAnswer ? "unknown" : "unavailable" };
  return { found: await compose(stored, !hasAnswer) };
}

async function compose(stored: StoredEmployee, isStale: boolean): Promise<EmployeeProfile> {
  const { employee, fetchedAt, lastSignedInAt } = stored;
  const known = await findRelated(employee);
  const { paths, manager } = known.isComplete || isStale ? known : await completeRelated(employee);
  return {
    employee,
    departments: employee.departments.map(({ id, isLeader }) =>
      describeDepartment(paths.get(id) ?? [], { id, isLeader }),
    ),
    manager,
    fetchedAt,
    isStale,
    lastSignedInAt,
  };
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
