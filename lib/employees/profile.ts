import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type Employee } from "../dingtalk/employee";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { currentClient } from "../http/client-info";
import { log } from "../log";
import { type Admin, type Viewer } from "../sessions/permission";
import { departmentPaths } from "./departments";
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
  const profile = await readProfile(viewer.userId);
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
  const profile = await readProfile(id);
  if ("found" in profile) await recordView(admin, id);
  return profile;
}

export type ProfileResult = { found: EmployeeProfile } | { missing: "unknown" | "unavailable" };

async function readProfile(userId: UserId): Promise<ProfileResult> {
  const before = await findEmployee({ userId });
  if (before && isFresh(before)) return { found: await compose(before, false) };
  // With an older record to show, the page waits only briefly.
  const hasAnswer = await askDingTalk(userId, before ? maxWaitMs : null);
  const stored = await findEmployee({ userId });
  if (!stored) return { missing: hasAnswer ? "unknown" : "unavailable" };
  return { found: await compose(stored, !hasAnswer) };
}

async function compose(stored: StoredEmployee, isStale: boolean): Promise<EmployeeProfile> {
  const { employee, fetchedAt, lastSignedInAt } = stored;
  if (!isStale)
    await within(maxWaitMs, refreshRelated(employee)).catch((err) => log().warn({ err }, "departments not refreshed"));
  const managerId = parseUserId(employee.managerUserId);
  const [paths, manager] = await Promise.all([
    departmentPaths(employee.departments.map((department) => department.id)),
    managerId && findEmployee({ userId: managerId }),
  ]);
  return {
    employee,
    departments: employee.departments.map(({ id, isLeader }) =>
      describeDepartment(paths.get(id) ?? [], { id, isLeader }),
    ),
    manager: managerId && { userId: managerId, name: manager?.employee.name ?? null },
    fetchedAt,
    isStale,
    lastSignedInAt,
  };
}

function describeDepartment(path: string[], department: { id: number; isLeader: boolean }) {
  return { ...department, name: path.at(-1) ?? null, path };
}

async function recordView({ corpId, userId: actorUserId }: Admin, userId: UserId): Promise<void> {
  const client = await currentClient();
  await recordEvent(db, { kind: "employee_viewed", corpId, userId, actorUserId, client });
}
