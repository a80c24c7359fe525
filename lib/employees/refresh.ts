import { db } from "../db/client";
import { type Employee } from "../dingtalk/employee";
import { DingTalkError } from "../dingtalk/errors";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { log } from "../log";
import { dingtalk } from "../services";
import { singleton } from "../singleton";
import { learnDepartments } from "./departments";
import { deactivateEmployee, findEmployee, isFresh, saveEmployee } from "./store";

const refreshes = singleton("refreshes", () => new Map<string, Promise<Employee | null>>());

/**
 * Reads an employee anew from DingTalk and saves what it says; somebody who left or was disabled is put out at once.
 * Null when the company has no such employee; throws `DingTalkError` when DingTalk gives no answer. Callers at the same
 * time share one call.
 */
export function refreshEmployee(userId: UserId): Promise<Employee | null> {
  const running = refreshes();
  const refresh = running.get(userId) ?? fetchAndSave(userId).finally(() => running.delete(userId));
  running.set(userId, refresh);
  return refresh;
}

/** For after an answer was sent: refreshes the record and what stands around it. Tells the log of a failure, never throws. */
export function refreshQuietly(userId: UserId): Promise<void> {
  return quietly(async () => {
    const employee = await refreshEmployee(userId);
    if (employee) await learnSurroundings(employee);
  });
}

/** For after an answer was sent: asks anew only if nobody has meanwhile, so that whoever left is put out. (S26) */
export function recheckQuietly(userId: UserId): Promise<void> {
  return quietly(async () => {
    const stored = await findEmployee({ userId });
    if (stored && !isFresh(stored)) await refreshEmployee(userId);
  });
}

/** For after an answer was sent, when the record itself is fresh. */
export function learnQuietly(employee: Employee): Promise<void> {
  return quietly(() => learnSurroundings(employee));
}

async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().warn({ err: error }, "directory not refreshed");
  }
}

/** Learns the names around an employee that the sign-in itself does not need. */
export async function learnSurroundings(employee: Employee): Promise<void> {
  const managerId = parseUserId(employee.managerUserId);
  await learnDepartments(employee);
  if (managerId && !(await findEmployee({ userId: managerId }))) await refreshEmployee(managerId);
}

async function fetchAndSave(userId: UserId): Promise<Employee | null> {
  const employee = await fetchEmployee(userId);
  if (!employee) {
    await deactivateEmployee(userId);
    return null;
  }
  const handle = await db();
  await handle.transaction((change) => saveEmployee(change, employee));
  return employee;
}

/** What DingTalk says of an employee now; null when it knows of none. */
export async function fetchEmployee(userId: UserId): Promise<Employee | null> {
  try {
    return await dingtalk().getEmployee(userId);
  } catch (error) {
    if (error instanceof DingTalkError && error.reason === "not_member") return null;
    throw error;
  }
}
