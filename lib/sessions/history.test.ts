import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { recordEvent } from "../audit/events";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { createSession } from "./create";
import { listSignIns } from "./history";
import { type EndReason, endSessions } from "./session";

const client = {
  ip: "198.51.100.7",
  userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0 Safari/537.36",
};
const userId = "user0001";

async function signIn(): Promise<string> {
  await saveEmployee(db, buildEmployee(userId));
  return createSession(db, { corpId: ownCorpId(), userId, method: "frame", client });
}

async function refuse(fields: { count?: number; reference?: string; userId?: string } = {}): Promise<void> {
  const refused = { kind: "refused", corpId: ownCorpId(), userId, method: "silent", reason: "leaver", client } as const;
  await recordEvent(db, { ...refused, reference: "AB12CD34", ...fields });
}

async function readPages(): Promise<string[][]> {
  const admin = await asAdmin();
  const pages: string[][] = [];
  let after: string | null = null;
  do {
    const page = await listSignIns(admin, { userId, after });
    pages.push(page.signIns.map(({ key }) => key));
    after = page.next;
  } while (after);
  return pages;
}

onBothEngines((settings) => {
  createWorld(settings);

  describe("the history of an employee", () => {
    test("has live and ended sessions and refusals, the newest first", async () => {
      const [ended, live] = [await signIn(), await signIn()];
      await endSessions(db, { idHash: hashSecret(ended) }, "over_limit");
      await refuse({ count: 3 });
      await db
        .update(sessions)
        .set({ startedAt: sql`now() - interval '2 hours'` })
        .where(eq(sessions.idHash, hashSecret(ended)));
      await db
        .update(sessions)
        .set({ startedAt: sql`now() - interval '1 hour'` })
        .where(eq(sessions.idHash, hashSecret(live)));
      const { signIns, next } = await listSignIns(await asAdmin(), { userId, after: null });
      expect(next).toBeNull();
      expect(signIns).toMatchObject([
        {
          kind: "refusal",
          refused: { reason: "leaver", reference: "AB12CD34", count: 3, method: "silent", ip: client.ip },
        },
        { kind: "session", ending: null, session: { id: hashSecret(live), method: "frame", system: "Windows" } },
        { kind: "session", ending: { reason: "over_limit", endedAt: expect.any(Date) } },
      ]);
      expect(JSON.stringify(signIns)).not.toContain(live);
    });

    test.each(["signed_out", "replaced", "revoked", "leaver", "rejected"] satisfies EndReason[])(
      "says of a session that it ended as %s",
      async (reason) => {
        await endSessions(db, { idHash: hashSecret(await signIn()) }, reason);
        const { signIns } = await listSignIns(await asAdmin(), { userId, after: null });
        expect(signIns).toMatchObject([{ ending: { reason } }]);
      },
    );

    test("S24 says that a session has expired before the sweep notes it, and when", async () => {
      await signIn();
      await db.update(sessions).set({ expiresAt: new Date("2026-11-20T08:00:00.000Z") });
      const { signIns } = await listSignIns(await asAdmin(), { userId, after: null });
      expect(signIns).toMatchObject([{ ending: { reason: "expired", endedAt: new Date("2026-11-20T08:00:00.000Z") } }]);
    });

    test("has pages that share no entry, also when many are of the same moment", async () => {
      await saveEmployee(db, buildEmployee(userId));
      const at = new Date("2026-11-20T08:00:00.000Z");
      const expiresAt = new Date("2030-01-01T00:00:00.000Z");
      const session = { corpId: ownCorpId(), userId, method: "silent" as const, startedAt: at, expiresAt };
      const event = { kind: "refused", corpId: ownCorpId(), userId, reason: "leaver", at };
      const numbers = Array.from({ length: 33 }, (_, number) => number);
      await db.insert(sessions).values(numbers.map((number) => ({ ...session, idHash: hashSecret(String(number)) })));
      await db.insert(auditEvents).values(numbers.map(() => event));
      await db.insert(sessions).values({ ...session, idHash: "older", startedAt: new Date(at.getTime() - 1) });
      const pages = await readPages();
      expect(pages.map(({ length }) => length)).toEqual([20, 20, 20, 7]);
      expect(new Set(pages.flat()).size).toBe(67);
      expect(pages.flat().at(-1)).toBe("solder");
    });

    test("begins at the newest one for a key that is made up", async () => {
      await signIn();
      for (const after of ["", "x", Buffer.from('[1e99,"s"]').toString("base64url")])
        expect((await listSignIns(await asAdmin(), { userId, after })).signIns).toHaveLength(1);
      const odd = Buffer.from(`[${Date.now() + 60_000},"rx;--"]`).toString("base64url");
      expect((await listSignIns(await asAdmin(), { userId, after: odd })).signIns).toHaveLength(1);
    });

    test("S9 has nothing of another employee or another company", async () => {
      await signIn();
      await refuse({ userId: "user0003" });
      await db.update(sessions).set({ corpId: "dingcorp0002" });
      expect((await listSignIns(await asAdmin(), { userId, after: null })).signIns).toEqual([]);
    });

    test("says for how long it is kept", async () => {
      const { keptDays } = await listSignIns(await asAdmin(), { userId, after: null });
      expect(keptDays).toEqual({ sessions: 90, refusals: 365 });
    });
  });
});
