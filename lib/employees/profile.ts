import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type Employee } from "../dingtalk/employee";
import { DingTalkError } from "../dingtalk/errors";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { log } from "../log";
import { type Admin, type Viewer } from "../sessions/permission";
import { departmentPaths } from "./departments";
import { learnSurroundings, refreshEmployee } from "./refresh";
import { findEmployee, isFresh, type StoredEmployee } from "./store";
import { within } from "./within";

export type EmployeeProfile = {
  employee: Employee;
  departments: { id: number; name: string | null; path: string[]; isLeader: boolean }[];
  manager: { userId: string; name: string | null } | null;
  fetchedAt: Date;
  /** DingTalk was asked and gave no fresh answer. */
  isStale: boolean;
  lastSignedInAt: Date | null;
};

/** A page waits no longer for fresh facts when it has older ones to show. */
const patienceMs = 2500;

/** The viewer's own record. */
export async function profileOf(viewer: Viewer): Promise<EmployeeProfile> {
  const profile = await readProfile(viewer.userId);
  if ("missing" in profile) throw new Error("a viewer's record cannot be missing");
  return profile.found;
}

/**
 * Any employee's record for an admin, asked from DingTalk when unknown or stale. `unknown`: the company has nobody of this
 * id; `unavailable`: DingTalk gives no answer and there is no older record.
 */
export async function profileFor(admin: Admin, userId: string): Promise<ProfileAnswer> {
  const id = parseUserId(userId);
  if (!id) return { missing: "unknown" };
  const profile = await readProfile(id);
  if ("found" in profile) await recordView(admin, id);
  return profile;
}

export type ProfileAnswer = { found: EmployeeProfile } | { missing: "unknown" | "unavailable" };

async function readProfile(userId: UserId): Promise<ProfileAnswer> {
  const before = await findEmployee({ userId });
  if (before && isFresh(before)) return { found: await compose(before, false) };
  const hasAnswer = await askDingTalk(userId, before);
  const stored = await findEmployee({ userId });
  if (!stored) return { missing: hasAnswer ? "unknown" : "unavailable" };
  return { found: await compose(stored, !hasAnswer) };
}

/** Whether DingTalk answered, in time where there is an older record to show. */
async function askDingTalk(userId: UserId, before: StoredEmployee | null): Promise<boolean> {
  try {
    const asking = refreshEmployee(userId);
    return (await (before ? within(patienceMs, asking) : asking)) !== "late";
  } catch (error) {
    if (!(error instanceof DingTalkError)) throw error;
    log().warn({ userId, err: error }, "employee shown from the last record");
    return false;
  }
}

async function compose(stored: StoredEmployee, isStale: boolean): Promise<EmployeeProfile> {
  const { employee, fetchedAt, lastSignedInAt } = stored;
  if (!isStale)
    await within(patienceMs, learnSurroundings(employee)).catch((err) =>
      log().warn({ err }, "departments not learned"),
    );
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

async function recordView(admin: Admin, userId: UserId): Promise<void> {
  await recordEvent(await db(), { kind: "employee_viewed", corpId: admin.corpId, userId, actorUserId: admin.userId });
}
