import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { type AuditEvent, recordEvent } from "../audit/events";
import { auditChain } from "../db/audit-schema";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { endSessions } from "../sessions/session";
import { readTrailQuery } from "./query";
import { watchTrail } from "./tail";

const client = { ip: null, userAgent: null };

function record(event: Partial<AuditEvent> = {}): Promise<void> {
  return recordEvent(db, { kind: "signed_in", corpId: ownCorpId(), userId: "user0001", client, ...event });
}

/** The stream looks once a second. */
const soon = { timeout: 30_000 };

onBothEngines((settings) => {
  createWorld(settings);
  let admin: Admin;

  beforeEach(async () => {
    for (const kept of ["trailPosition", "trailSearches"]) globalThis.singletons?.delete(kept);
    admin = await asAdmin();
  });

  async function open(given: object = {}, since: number | null = null) {
    const controller = new AbortController();
    const response = await watchTrail(admin, readTrailQuery(given), { since, signal: controller.signal });
    const watched = { text: "", isOver: false, stop: () => controller.abort() };
    void (async () => {
      for await (const part of response?.body ?? []) watched.text += new TextDecoder().decode(part);
      watched.isOver = true;
    })().catch(() => {});
    return { response, watched };
  }

  /** How many events a stream has announced. */
  const announced = ({ text }: { text: string }) =>
    [...text.matchAll(/"count":(\d+)/g)].reduce((total, [, count]) => total + Number(count), 0);

  const position = () => db.$count(auditChain);

  describe("the stream of the audit page", () => {
    test("announces new events, and nothing that they say", async () => {
      const { watched } = await open();
      await record({ reason: "outsider" });
      await record();
      await vi.waitFor(() => expect(announced(watched)).toBe(2), soon);
      watched.stop();
      expect(watched.text).toMatch(/data: \{"upTo":\d+,"count":\d\}/);
      expect(watched.text).not.toMatch(/user0001|outsider/);
    });

    test("announces only what its query finds", async () => {
      const { watched } = await open({ kind: "refused" });
      await record();
      await record({ kind: "refused", reason: "outsider" });
      await record({ kind: "signed_out" });
      await vi.waitFor(() => expect(announced(watched)).toBe(1), soon);
      watched.stop();
    });

    test("announces what came after its page was read", async () => {
      const before = await position();
      await record();
      const { watched } = await open({}, before);
      await vi.waitFor(() => expect(announced(watched)).toBe(1), soon);
      watched.stop();
    });

    test("counts at most a thousand events for a page that is far behind", async () => {
      await db.execute(
        sql`insert into audit_events (kind, corp_id) select 'signed_in', ${ownCorpId()} from generate_series(1, 1200)`,
      );
      const { watched } = await open({}, 0);
      await vi.waitFor(() => expect(announced(watched)).toBe(1000), soon);
      watched.stop();
    });

    test("S25 ends when the session ends", async () => {
      const { watched } = await open();
      await endSessions(db, { idHash: admin.session.id }, "revoked");
      await record();
      await vi.waitFor(() => expect(watched).toMatchObject({ isOver: true }), soon);
      expect(watched.text).toContain('data: {"ended":true}');
      expect(announced(watched)).toBe(0);
    });

    test("S31 ends when the employee is no admin any more", async () => {
      const { watched } = await open();
      await db.execute(sql`update employees set is_admin = false`);
      await record();
      await vi.waitFor(() => expect(watched).toMatchObject({ isOver: true }), soon);
      expect(announced(watched)).toBe(0);
    });

    test("S24 is no use of the session", async () => {
      await db.execute(sql`update sessions set last_seen_at = now() - interval '1 hour'`);
      const [before] = await db.select().from(sessions);
      const { watched } = await open();
      await record();
      await vi.waitFor(() => expect(announced(watched)).toBe(1), soon);
      watched.stop();
      expect((await db.select().from(sessions))[0]?.lastSeenAt).toEqual(before?.lastSeenAt);
    });

    test("S42 is open eight times for one session at most", async () => {
      const opened = await Promise.all(Array.from({ length: 8 }, () => open()));
      expect((await open()).response).toBeNull();
      for (const { watched } of opened) watched.stop();
      const { response, watched } = await open();
      watched.stop();
      expect(response).not.toBeNull();
    });
  });
});
