import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { person } from "../../test/dingtalk";
import { seatAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { auditEvents } from "../db/schema";
import { saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { endSessionsOf, sessionsOf } from "./admin";
import { endSessions } from "./end";
import { findLiveSession } from "./live";
import { openSession } from "./open";

vi.mock("next/headers", () => import("../../test/next-headers"));

createWorld();

async function openFor(userId: string): Promise<string> {
  const handle = await db();
  await saveEmployee(handle, person(userId));
  const client = { ip: "198.51.100.7", userAgent: null };
  return openSession(handle, { corpId: ownCorpId(), userId, method: "silent", client });
}

describe("an admin", () => {
  test("sees an employee's open sessions, and not by an id that would open one", async () => {
    const [open, ended] = [await openFor("user0001"), await openFor("user0001")];
    await openFor("user0003");
    await endSessions(await db(), { idHash: hashSecret(ended) }, "signed_out");
    const seen = await sessionsOf(await seatAdmin(), "user0001");
    expect(seen).toMatchObject([{ id: hashSecret(open), method: "silent", ip: "198.51.100.7" }]);
    expect(JSON.stringify(seen)).not.toContain(open);
  });

  test("sees none that ran out", async () => {
    await openFor("user0001");
    await (await db()).execute(sql`update sessions set expires_at = now() - interval '1 second'`);
    expect(await sessionsOf(await seatAdmin(), "user0001")).toEqual([]);
  });

  test("S25 ends all of an employee's sessions at once, and the trail says who did", async () => {
    const ids = [await openFor("user0001"), await openFor("user0001")];
    const other = await openFor("user0003");
    expect(await endSessionsOf(await seatAdmin(), "user0001")).toBe(2);
    for (const id of ids) expect(await findLiveSession(id)).toBeNull();
    expect(await findLiveSession(other)).not.toBeNull();
    const events = await (await db()).select().from(auditEvents);
    expect(events).toMatchObject([{ kind: "sessions_ended", userId: "user0001", actorUserId: "user0002" }]);
  });

  test("S9 neither sees nor ends sessions of another company's employee of the same id", async () => {
    await openFor("user0001");
    await (await db()).execute(sql`update sessions set corp_id = 'dingcorp0002'`);
    const admin = await seatAdmin();
    expect(await sessionsOf(admin, "user0001")).toEqual([]);
    expect(await endSessionsOf(admin, "user0001")).toBe(0);
  });
});
