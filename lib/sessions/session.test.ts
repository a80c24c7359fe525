import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { createSession } from "./create";
import { endSessions, findLiveSession } from "./session";

createWorld({ SESSION_IDLE_HOURS: "2", SESSION_MAX_DAYS: "1" });

const client = { ip: "198.51.100.7", userAgent: "a browser" };

async function createSessionFor(userId: string): Promise<string> {
  await saveEmployee(db, buildEmployee(userId));
  return createSession(db, { corpId: ownCorpId(), userId, method: "frame", client });
}

/** Changes a session as if it had started and been used that long ago. */
async function age(id: string, { startedHours = 0, unusedMinutes = 0 }): Promise<void> {
  await db
    .update(sessions)
    .set({
      expiresAt: sql`expires_at - make_interval(hours => ${startedHours})`,
      lastSeenAt: sql`now() - make_interval(mins => ${unusedMinutes})`,
    })
    .where(eq(sessions.idHash, hashSecret(id)));
}

async function rowOf(id: string) {
  const [row] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.idHash, hashSecret(id)));
  return row;
}

describe("a session", () => {
  test("is found by its id, with the employee it belongs to", async () => {
    const id = await createSessionFor("user0001");
    const live = await findLiveSession(id);
    expect(live?.employee.userId).toBe("user0001");
    expect(live?.session).toMatchObject({ method: "frame", ip: client.ip, userAgent: client.userAgent, endedAt: null });
  });

  test("gets a new id of 256 bits each time (S23)", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => createSessionFor("user0001")));
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(Buffer.from(id, "base64url")).toHaveLength(32);
  });

  test("leaves only the hash of its id in the database (S40)", async () => {
    const id = await createSessionFor("user0001");
    expect(JSON.stringify(await db.select().from(sessions))).not.toContain(id);
    expect((await rowOf(id))?.idHash).toBe(hashSecret(id));
  });

  test.each(["", "unknown", hashSecret("unknown")])("is not found under %j", async (id) => {
    await createSessionFor("user0001");
    expect(await findLiveSession(id)).toBeNull();
  });

  test("is not found under its hash, which an admin's page shows", async () => {
    const id = await createSessionFor("user0001");
    expect(await findLiveSession(hashSecret(id))).toBeNull();
  });

  test("S24 is live within the idle limit, and not after it", async () => {
    const [used, unused] = [await createSessionFor("user0001"), await createSessionFor("user0001")];
    await age(used, { unusedMinutes: 119 });
    await age(unused, { unusedMinutes: 121 });
    expect(await findLiveSession(used)).not.toBeNull();
    expect(await findLiveSession(unused)).toBeNull();
  });

  test("S24 ends at its absolute limit however much it is used", async () => {
    const [young, old] = [await createSessionFor("user0001"), await createSessionFor("user0001")];
    await age(young, { startedHours: 23 });
    await age(old, { startedHours: 25 });
    expect(await findLiveSession(young)).not.toBeNull();
    expect(await findLiveSession(old)).toBeNull();
  });

  test("S24 records its last use, from which the idle limit counts", async () => {
    const id = await createSessionFor("user0001");
    await age(id, { unusedMinutes: 100 });
    await findLiveSession(id);
    const row = await rowOf(id);
    expect(Date.now() - (row?.lastSeenAt.getTime() ?? 0)).toBeLessThan(60_000);
  });

  test("S35 is found although a read-only database cannot record its last use", async () => {
    const id = await createSessionFor("user0001");
    await age(id, { unusedMinutes: 100 });
    await db.execute(sql`set default_transaction_read_only = on`);
    expect(await findLiveSession(id)).not.toBeNull();
    await db.execute(sql`set default_transaction_read_only = off`);
  });

  test("is not updated at every request", async () => {
    const id = await createSessionFor("user0001");
    const before = await rowOf(id);
    await findLiveSession(id);
    expect(await rowOf(id)).toEqual(before);
  });

  test("S25 is not found at the next request after it was revoked", async () => {
    const id = await createSessionFor("user0001");
    expect(await findLiveSession(id)).not.toBeNull();
    expect(await endSessions(db, { corpId: ownCorpId(), userId: "user0001" }, "revoked")).toBe(1);
    expect(await findLiveSession(id)).toBeNull();
  });

  test("S25 stays ended with its first reason", async () => {
    const id = await createSessionFor("user0001");
    await endSessions(db, { idHash: hashSecret(id) }, "signed_out");
    expect(await endSessions(db, { idHash: hashSecret(id) }, "revoked")).toBe(0);
    await findLiveSession(id);
    expect(await rowOf(id)).toMatchObject({ endReason: "signed_out" });
  });

  test("ends alone when it is ended by its id", async () => {
    const [one, other] = [await createSessionFor("user0001"), await createSessionFor("user0001")];
    await endSessions(db, { idHash: hashSecret(one) }, "replaced");
    expect(await findLiveSession(one)).toBeNull();
    expect(await findLiveSession(other)).not.toBeNull();
  });

  test("is not affected when another employee's sessions end", async () => {
    const [mine, theirs] = [await createSessionFor("user0001"), await createSessionFor("user0002")];
    await endSessions(db, { corpId: ownCorpId(), userId: "user0002" }, "revoked");
    expect(await findLiveSession(mine)).not.toBeNull();
    expect(await findLiveSession(theirs)).toBeNull();
  });

  test("S26 is not found once its employee is inactive, even before it is ended", async () => {
    const id = await createSessionFor("user0001");
    await db.update(employees).set({ active: false });
    expect(await findLiveSession(id)).toBeNull();
  });

  test("S9 of another company's employee is not found", async () => {
    const id = await createSessionFor("user0001");
    await db.update(employees).set({ corpId: "dingcorp0002" });
    await db.update(sessions).set({ corpId: "dingcorp0002" });
    expect(await findLiveSession(id)).toBeNull();
  });

  test("is not created when the transaction fails (S8)", async () => {
    await saveEmployee(db, buildEmployee("user0001"));
    const opening = db.transaction(async (tx) => {
      await createSession(tx, { corpId: ownCorpId(), userId: "user0001", method: "frame", client });
      throw new Error("the rest failed");
    });
    await expect(opening).rejects.toThrow("the rest failed");
    expect(await db.select().from(sessions)).toEqual([]);
    expect(await recordedEvents()).toEqual([]);
  });
});
