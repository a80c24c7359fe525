import { eq, ne, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { asAdmin, asRecentAdmin, signInAs } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { listCompanySessions, revokeCompanySessions, revokeSession } from "./company";
import { createSession } from "./create";
import { endSessions, findLiveSession } from "./session";

createWorld();

async function createSessionFor(userId: string): Promise<string> {
  await saveEmployee(db, buildEmployee(userId));
  const client = { ip: "198.51.100.7", userAgent: null };
  return createSession(db, { corpId: ownCorpId(), userId, method: "silent", client });
}

async function startedAgo(id: string, minutes: number): Promise<void> {
  const startedAt = sql`now() - make_interval(mins => ${minutes})`;
  await db
    .update(sessions)
    .set({ startedAt })
    .where(eq(sessions.idHash, hashSecret(id)));
}

describe("the company's sessions", () => {
  test("S25 are the live ones of every employee, newest first, without their secret ids", async () => {
    const admin = await asAdmin();
    const [older, newer, ended] = [
      await createSessionFor("user0001"),
      await createSessionFor("user0003"),
      await createSessionFor("user0004"),
    ];
    await startedAgo(older, 30);
    await startedAgo(newer, 20);
    await endSessions(db, { idHash: hashSecret(ended) }, "signed_out");
    const page = await listCompanySessions(admin, { search: "", after: null });
    expect(page.sessions.map(({ userId }) => userId)).toEqual(["user0002", "user0003", "user0001"]);
    expect(page).toMatchObject({ total: 3, next: null });
    expect(page.sessions[1]).toMatchObject({ id: hashSecret(newer), name: "Name of user0003", ip: "198.51.100.7" });
    expect(JSON.stringify(page)).not.toContain(newer);
  });

  test("S9 do not contain those of another company", async () => {
    await createSessionFor("user0001");
    await db.execute(sql`update sessions set corp_id = 'dingcorp0002'`);
    expect((await listCompanySessions(await asAdmin(), { search: "", after: null })).total).toBe(1);
  });

  test("come in pages that share no session, also when many began at the same moment", async () => {
    const admin = await asAdmin();
    await saveEmployee(db, buildEmployee("user0001"));
    const row = { corpId: ownCorpId(), userId: "user0001", method: "silent" as const, startedAt: new Date(1e12) };
    const expiresAt = new Date(Date.now() + 86_400_000);
    await db
      .insert(sessions)
      .values(Array.from({ length: 104 }, (_, n) => ({ ...row, expiresAt, idHash: hashSecret(String(n)) })));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await listCompanySessions(admin, { search: "", after });
      seen.push(...page.sessions.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(seen).toHaveLength(105);
    expect(new Set(seen).size).toBe(105);
  });

  test.each(["", "x", "bm9uc2Vuc2U", Buffer.from('[1e99,"x"]').toString("base64url")])(
    "begin at the first page for the key %j",
    async (after) => {
      expect((await listCompanySessions(await asAdmin(), { search: "", after })).sessions).toHaveLength(1);
    },
  );
});

test("S25 S37 an admin revokes one session of any employee, and the audit trail names both", async () => {
  const [one, other] = [await createSessionFor("user0001"), await createSessionFor("user0001")];
  const admin = await asAdmin();
  expect(await revokeSession(admin, hashSecret(one))).toBe(true);
  expect(await revokeSession(admin, hashSecret(one))).toBe(false);
  expect(await findLiveSession(one)).toBeNull();
  expect(await findLiveSession(other)).not.toBeNull();
  expect(await recordedEvents(ne(auditEvents.kind, "admin_granted"))).toMatchObject([
    { kind: "session_ended", userId: "user0001", actorUserId: "user0002", reason: "revoked" },
  ]);
});

test("S9 S29 an admin revokes no session of another company", async () => {
  const id = await createSessionFor("user0001");
  await db.execute(sql`update sessions set corp_id = 'dingcorp0002'`);
  expect(await revokeSession(await asRecentAdmin(), hashSecret(id))).toBe(false);
  await revokeCompanySessions(await asRecentAdmin(), { keepsOwn: false });
  expect(await db.$count(sessions, sql`ended_at is null`)).toBe(1);
});

test("S25 S37 an admin revokes every session of the company and keeps their own", async () => {
  const ids = [await createSessionFor("user0001"), await createSessionFor("user0003")];
  const expired = await createSessionFor("user0004");
  await db
    .update(sessions)
    .set({ expiresAt: sql`now()` })
    .where(eq(sessions.idHash, hashSecret(expired)));
  const own = await signInAs(buildEmployee("user0002", { admin: true }));
  const admin = await asRecentAdmin();
  expect(await revokeCompanySessions(admin, { keepsOwn: true })).toBe(3);
  for (const id of [...ids, own]) expect(await findLiveSession(id)).toBeNull();
  expect((await listCompanySessions(admin, { search: "", after: null })).sessions.map(({ id }) => id)).toEqual([
    admin.session.id,
  ]);
  expect(await recordedEvents(ne(auditEvents.kind, "admin_granted"))).toMatchObject([
    { kind: "company_sessions_ended", userId: null, actorUserId: "user0002", reason: "revoked" },
  ]);
});

test("S25 an admin revokes every session of the company, their own included", async () => {
  const own = await signInAs(buildEmployee("user0002", { admin: true }));
  expect(await revokeCompanySessions(await asRecentAdmin(), { keepsOwn: false })).toBe(2);
  expect(await findLiveSession(own)).toBeNull();
});

describe("S37 a search in the company's sessions", () => {
  async function find(search: string): Promise<string[]> {
    const page = await listCompanySessions(await asAdmin(), { search, after: null });
    return page.sessions.map(({ userId }) => userId).filter((id) => id !== "user0002");
  }

  test("finds the employee, the beginning of the address, or both, and is recorded without names", async () => {
    await saveEmployee(db, buildEmployee("user0001", { name: "单小明" }));
    await createSession(db, {
      corpId: ownCorpId(),
      userId: "user0001",
      method: "frame",
      client: { ip: "203.0.113.24", userAgent: null },
    });
    for (const search of ["单小明", "shanxm", "sxm", "203.0.113", "小明 203.0", "user0001"])
      expect([search, await find(search)]).toEqual([search, search === "shanxm" ? [] : ["user0001"]]);
    expect([await find("113.24"), await find("小明 198")]).toEqual([[], []]);
    const recorded = (await recordedEvents()).filter(({ kind }) => kind === "sessions_searched");
    expect(recorded[0]).toMatchObject({ actorUserId: "user0002", reason: "单**" });
    expect(recorded).toHaveLength(8);
  });
});
