import { db } from "../db/client";
import { type Priority } from "../dingtalk/call";
import { type Employee } from "../dingtalk/employee";
import { DingTalkError } from "../dingtalk/errors";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { log } from "../log";
import { dingtalk } from "../services";
import { singleton } from "../singleton";
import { refreshDepartments } from "./departments";
import { deactivateEmployee, findEmployee, isFresh, saveEmployee } from "./store";

const refreshes = singleton("refreshes", () => new Map<string, Promise<Employee | null>>());

/**
 * Reads an employee from DingTalk and saves the answer; a leaver's sessions are revoked at once. Null when the company has
 * no such employee; throws `DingTalkError` when DingTalk does not answer. Concurrent callers share one call.
 */
export function refreshEmployee(userId: UserId): Promise<Employee | null> {
  const running = refreshes();
  const refresh = running.get(userId) ?? fetchAndSave(userId).finally(() => running.delete(userId));
  running.set(userId, refresh);
  return refresh;
}

/**
 * Refreshes a record and says whether DingTalk answered, within `maxWaitMs` where one is given. A refresh that takes longer goes
 * on in the background.
 */
export async function askDingTalk(userId: UserId, maxWaitMs: number | null): Promise<boolean> {
  try {
    const asking = refreshEmployee(userId);
    return (await (maxWaitMs === null ? asking : within(maxWaitMs, asking))) !== "late";
  } catch (error) {
    if (!(error instanceof DingTalkError)) throw error;
    log().warn({ userId, err: error }, "employee not confirmed by DingTalk");
    return false;
  }
}

/** Waits for `work`, but at most `maxMs`: then the result is "late" and the work goes on in the background. */
export async function within<T>(maxMs: number, work: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), maxMs);
  });
  // A failure after the limit must not end the process as an unhandled rejection.
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Refreshes the record and what belongs to it, after the response. Logs a failure and never throws. */
export function refreshInBackground(userId: UserId): Promise<void> {
  return inBackground(async () => {
    const employee = await refreshEmployee(userId);
    if (employee) await refreshRelated(employee);
  });
}

/** Asks DingTalk after the response whether the employee has left, unless another request has asked meanwhile. (S26) */
export function recheckInBackground(userId: UserId): Promise<void> {
  return inBackground(async () => {
    const stored = await findEmployee({ userId });
    if (stored && !isFresh(stored)) await refreshEmployee(userId);
  });
}

/** Refreshes only what belongs to a fresh record, after the response. */
export function refreshRelatedInBackground(employee: Employee): Promise<void> {
  return inBackground(() => refreshRelated(employee));
}

async function inBackground(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().warn({ err: error }, "employee not refreshed");
  }
}

/** Reads the departments and the manager of an employee, which a sign-in itself does not need. */
export async function refreshRelated(employee: Employee): Promise<void> {
  const managerId = parseUserId(employee.managerUserId);
  await refreshDepartments(employee);
  if (managerId && !(await findEmployee({ userId: managerId }))) await refreshEmployee(managerId);
}

async function fetchAndSave(userId: UserId): Promise<Employee | null> {
  const employee = await fetchEmployee(userId);
  if (!employee) {
    await deactivateEmployee(userId);
    return null;
  }
  await db.transaction((tx) => saveEmployee(tx, employee));
  return employee;
}

/** An employee as DingTalk describes it now; null when the company has no employee with this id. */
export async function fetchEmployee(userId: UserId, priority: Priority = "other"): Promise<Employee | null> {
  try {
    return await dingtalk().getEmployee(userId, { priority });
  } catch (error) {
    if (error instanceof DingTalkError && error.reason === "not_member") return null;
    throw error;
  }
}
