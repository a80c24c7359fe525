import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { setRequest } from "../../test/next-headers";
import { asAdmin, asRecentAdmin, signInAs } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { requireViewer } from "../auth/viewer";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { createSession } from "./create";
import { listOwnSessions, listSessionsOf, revokeOtherSessions, revokeOwnSession, revokeSessionsOf } from "./manage";
import { endSessions, findLiveSession } from "./session";

createWorld();

async function createSessionFor(userId: string): Promise<string> {
  await saveEmployee(db, buildEmployee(userId));
  const client = { ip: "198.51.100.7", userAgent: null };
  return createSession(db, { corpId: ownCorpId(), userId, method: "silent", client });
}

describe("an admin", () => {
  test("sees an employee's open sessions, but not their secret ids", async () => {
    const [open, ended] = [await createSessionFor("user0001"), await createSessionFor("user0001")];
    await createSessionFor("user0003");
    await endSessions(db, { idHash: hashSecret(ended) }, "signed_out");
    const seen = await listSessionsOf(await asAdmin(), "user0001");
    expect(seen).toMatchObject([{ id: hashSecret(open), method: "silent", ip: "198.51.100.7" }]);
    expect(JSON.stringify(seen)).not.toContain(open);
  });

  test("sees no expired session", async () => {
    await createSessionFor("user0001");
    await db.execute(sql`update sessions set expires_at = now() - interval '1 second'`);
    expect(await listSessionsOf(await asAdmin(), "user0001")).toEqual([]);
  });

  test("S25 ends all of an employee's sessions at once, and the audit trail names the admin", async () => {
    const ids = [await createSessionFor("user0001"), await createSessionFor("user0001")];
    const other = await createSessionFor("user0003");
    expect(await revokeSessionsOf(await asRecentAdmin(), "user0001")).toBe(2);
    for (const id of ids) expect(await findLiveSession(id)).toBeNull();
    expect(await findLiveSession(other)).not.toBeNull();
    const events = await recordedEvents(eq(auditEvents.kind, "sessions_ended"));
    expect(events).toMatchObject([{ kind: "sessions_ended", userId: "user0001", actorUserId: "user0002" }]);
  });

  test("S9 neither sees nor ends the sessions of another company's employee with the same userId", async () => {
    await createSessionFor("user0001");
    await db.execute(sql`update sessions set corp_id = 'dingcorp0002'`);
    const admin = await asRecentAdmin();
    expect(await listSessionsOf(admin, "user0001")).toEqual([]);
    expect(await revokeSessionsOf(admin, "user0001")).toBe(0);
  });
});

describe("S37 the audit trail has the address and the browser", () => {
  const client = { ip: "203.0.113.24", userAgent: "an office browser" };
  const fromOffice = () => setRequest({ headers: { "x-forwarded-for": client.ip, "user-agent": client.userAgent } });

  test("of an admin who revokes an employee's sessions", async () => {
    const admin = await asRecentAdmin();
    fromOffice();
    await revokeSessionsOf(admin, "user0001");
    const [event] = await recordedEvents(eq(auditEvents.kind, "sessions_ended"));
    expect(event).toMatchObject({ actorUserId: "user0002", ...client });
  });

  test("of a viewer who ends their own sessions", async () => {
    const ids = [await signInAs(buildEmployee("user0001")), await signInAs(buildEmployee("user0001"))];
    await signInAs(buildEmployee("user0001"));
    const viewer = await requireViewer();
    fromOffice();
    await revokeOwnSession(viewer, hashSecret(ids[0] ?? ""));
    await revokeOtherSessions(viewer);
    const ended = { kind: "session_ended", userId: "user0001", actorUserId: "user0001", ...client };
    expect(await recordedEvents()).toMatchObject([ended, ended]);
  });
});

async function kinds() {
  return (await recordedEvents()).map(({ kind }) => kind);
}

test("S25 a viewer sees their own open sessions and ends one of them", async () => {
  await signInAs(buildEmployee("user0003"));
  const elsewhere = await signInAs(buildEmployee("user0001"));
  const here = await signInAs(buildEmployee("user0001"));
  const viewer = await requireViewer();
  expect((await listOwnSessions(viewer)).map(({ id }) => id).sort()).toEqual([elsewhere, here].map(hashSecret).sort());
  await revokeOwnSession(viewer, hashSecret(elsewhere));
  expect(await findLiveSession(elsewhere)).toBeNull();
  expect(await findLiveSession(here)).not.toBeNull();
  expect(await kinds()).toEqual(["session_ended"]);
});

test("S29 a viewer cannot end another employee's session, and no event is recorded", async () => {
  const theirs = await signInAs(buildEmployee("user0003"));
  await signInAs(buildEmployee("user0001"));
  const viewer = await requireViewer();
  for (const id of [hashSecret(theirs), theirs, "", "unknown"]) await revokeOwnSession(viewer, id);
  await revokeOtherSessions(viewer);
  expect(await findLiveSession(theirs)).not.toBeNull();
  expect(await kinds()).toEqual([]);
});

test("S25 a viewer ends all their sessions except the current one", async () => {
  const others = [await signInAs(buildEmployee("user0001")), await signInAs(buildEmployee("user0001"))];
  const here = await signInAs(buildEmployee("user0001"));
  await revokeOtherSessions(await requireViewer());
  for (const id of others) expect(await findLiveSession(id)).toBeNull();
  expect(await findLiveSession(here)).not.toBeNull();
});
