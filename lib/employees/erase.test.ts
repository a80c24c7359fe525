import { spawnSync } from "node:child_process";
import { inspect } from "node:util";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld } from "../../test/world";
import { recordEvent } from "../audit/events";
import { auditEvents } from "../db/audit-schema";
import { database, db, openDatabase } from "../db/client";
import { employees, sessions, tickets } from "../db/schema";
import { syncMissing } from "../db/sync-schema";
import { ownCorpId } from "../services";
import { createSession } from "../sessions/create";
import { findLiveSession } from "../sessions/session";
import { eraseEmployee } from "./erase";
import { findEmployee, saveEmployee } from "./store";

createWorld();

const leaver = buildEmployee("user0001", { name: "李雷", mobile: "13800000001", active: false });
const colleague = buildEmployee("user0002", { name: "韩梅梅" });
const client = { ip: "198.51.100.7", userAgent: "a browser" };

/** Stores an employee with a session, a ticket that their phone approved, and an audit event. */
async function store(employee: typeof leaver): Promise<string> {
  const owner = { corpId: ownCorpId(), userId: employee.userId };
  await saveEmployee(db, employee);
  await db.insert(tickets).values({
    ...owner,
    idHash: `ticket of ${employee.userId}`,
    secretHash: "secret",
    number: "42",
    expiresAt: sql`now()`,
    phoneIp: client.ip,
  });
  await recordEvent(db, { kind: "signed_in", ...owner, method: "frame", client });
  return createSession(db, { ...owner, method: "frame", client });
}

async function everything(): Promise<string> {
  const tables = await Promise.all([employees, sessions, tickets].map((table) => db.select().from(table)));
  return inspect(tables, { depth: null });
}

describe("erasing an employee", () => {
  test("deletes the record, the sessions and the tickets, and no other employee's", async () => {
    await store(leaver);
    const other = await store(colleague);
    for (const { userId } of [leaver, colleague]) await db.insert(syncMissing).values({ runId: 1, userId });
    expect(await eraseEmployee(leaver.userId, { isForced: false })).toEqual({
      outcome: "erased",
      sessions: 1,
      tickets: 1,
    });
    expect(await everything()).not.toMatch(/user0001|李雷|13800000001/);
    expect(await findLiveSession(other)).not.toBeNull();
    expect(await db.select().from(tickets)).toHaveLength(1);
    expect(await db.select().from(syncMissing)).toMatchObject([{ userId: colleague.userId }]);
  });

  test("S37 keeps the audit trail, which has no name, and adds an event", async () => {
    await store(leaver);
    const before = await recordedEvents();
    await eraseEmployee(leaver.userId, { isForced: false });
    const after = await recordedEvents();
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({ kind: "employee_erased", userId: "user0001", corpId: ownCorpId() });
    expect(inspect(after, { depth: null })).not.toMatch(/李雷|13800000001/);
  });

  test("refuses an active employee and changes nothing", async () => {
    const session = await store(colleague);
    const before = await everything();
    expect(await eraseEmployee(colleague.userId, { isForced: false })).toEqual({ outcome: "active" });
    expect(await everything()).toBe(before);
    expect(await findLiveSession(session)).not.toBeNull();
  });

  test("S25 of an active employee can be forced, and ends every session", async () => {
    const session = await store(colleague);
    expect(await eraseEmployee(colleague.userId, { isForced: true })).toMatchObject({ outcome: "erased" });
    expect(await findLiveSession(session)).toBeNull();
    expect(await findEmployee({ userId: colleague.userId })).toBeNull();
    const [event] = await recordedEvents(eq(auditEvents.kind, "employee_erased"));
    expect(event?.reason).toBe("forced");
  });

  test("of one who is not stored changes nothing", async () => {
    expect(await eraseEmployee(leaver.userId, { isForced: true })).toEqual({ outcome: "unknown" });
    expect(await recordedEvents()).toEqual([]);
  });

  test("S9 of another company is not possible", async () => {
    await store(leaver);
    await db.update(employees).set({ corpId: "dingcorp0002" });
    expect(await eraseEmployee(leaver.userId, { isForced: true })).toEqual({ outcome: "unknown" });
    expect(await db.select().from(employees)).toHaveLength(1);
  });
});

describe("the command", () => {
  function run(...options: string[]) {
    const script = ["--import", "tsx", "scripts/employee-erase.ts", ...options];
    const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: "utf8" });
    return { status, stdout, stderr };
  }

  test("is refused while the app has the embedded database open", async () => {
    await store(leaver);
    const { status, stderr } = run("user0001");
    expect(stderr).toContain("is open in another process");
    expect(status).toBe(1);
    expect(await findEmployee({ userId: leaver.userId })).not.toBeNull();
  });

  test("erases a leaver while the app is stopped", async () => {
    await store(leaver);
    await database().close();
    const { status, stdout } = run("user0001");
    await openDatabase();
    expect(stdout).toContain("Erased the record, 1 sessions and 1 tickets.");
    expect(status).toBe(0);
    expect(await everything()).not.toContain("user0001");
  });

  test("says why it does not erase an active employee", async () => {
    await store(colleague);
    await database().close();
    const { status, stderr } = run("user0002");
    await openDatabase();
    expect(stderr).toContain("--force");
    expect(status).toBe(1);
    expect(await findEmployee({ userId: colleague.userId })).not.toBeNull();
  });

  test.each([{ options: [] }, { options: ["user0001", "user0002"] }, { options: [".."] }])(
    "shows its usage for $options",
    ({ options }) => {
      expect(run(...options)).toMatchObject({ status: 2, stderr: expect.stringContaining("Usage:") });
    },
  );
});
