import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { type AuditEvent, recordEvent } from "../audit/events";
import { toOcsf } from "../audit/ocsf";
import { auditChain, auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { saveEmployee } from "../employees/store";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { type ExportFormat, exportTrail } from "./export";
import { readTrailQuery } from "./query";

const client = { ip: "198.51.100.7", userAgent: '=HYPERLINK("https://evil.test","a")' };

function record(event: Partial<AuditEvent>): Promise<void> {
  return recordEvent(db, { kind: "signed_in", corpId: ownCorpId(), client, ...event });
}

onBothEngines((settings) => {
  createWorld(settings);
  let admin: Admin;

  beforeEach(async () => {
    globalThis.singletons?.delete("trailSearches");
    admin = await asAdmin();
    await saveEmployee(db, buildEmployee("user0001", { name: "李雷" }));
    for (const table of [auditEvents, auditChain]) await db.delete(table);
  });

  const open = (format: ExportFormat, given: object = {}) => exportTrail(admin, readTrailQuery(given), format);
  const linesOf = async (format: ExportFormat, given: object = {}) =>
    (await new Response(await open(format, given)).text()).split("\n").filter(Boolean);
  const exports = () => recordedEvents(eq(auditEvents.kind, "audit_exported"));

  describe("an export of the audit trail", () => {
    test("as CSV has a head and each event with its names, the latest first", async () => {
      await record({ userId: "user0001", method: "silent", reference: "7KQ2M9PX" });
      const [head = "", own = "", event = ""] = await linesOf("csv");
      expect(head).toMatch(/^\ufeff?at,kind,outcome,user_id,name,actor_user_id,/);
      expect(own).toContain("audit_exported,succeeded,,,user0002");
      expect(event).toContain("signed_in,succeeded,user0001,李雷,,,silent,,7KQ2M9PX,198.51.100.7");
    });

    test("begins with the mark by which spreadsheets know UTF-8", async () => {
      const bytes = new Uint8Array(await new Response(await open("csv")).arrayBuffer());
      expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    });

    test("has no cell that a spreadsheet would run", async () => {
      await record({ userId: "user0001", reason: "=1+1" });
      const [, , event = ""] = await linesOf("csv");
      expect(event).toContain(",'=1+1,");
      expect(event).toContain(`"'=HYPERLINK(""https://evil.test"",""a"")"`);
    });

    test("as JSON lines has each event as AUDIT_EXPORT sends it", async () => {
      await record({ userId: "user0001" });
      const lines = await linesOf("jsonl", { kind: "signed_in" });
      const [stored] = await db
        .select({ event: auditEvents, chain: auditChain })
        .from(auditEvents)
        .leftJoin(auditChain, eq(auditChain.eventId, auditEvents.id))
        .where(eq(auditEvents.kind, "signed_in"));
      expect(lines).toEqual(stored ? [toOcsf(stored)] : []);
      expect(lines).toHaveLength(1);
    });

    test("has every event once, however many there are", async () => {
      await db.execute(
        sql`insert into audit_events (kind, corp_id) select 'signed_out', ${ownCorpId()} from generate_series(1, 1201)`,
      );
      const lines = await linesOf("jsonl", { kind: "signed_out" });
      const ids = lines.map((line) => JSON.parse(line).metadata.uid);
      expect([ids.length, new Set(ids).size]).toEqual([1201, 1201]);
    });

    test("has what the query finds, and nothing of another company", async () => {
      await record({ userId: "user0001" });
      await record({ kind: "refused", reason: "outsider" });
      await record({ corpId: "dingother", userId: "user0001" });
      const lines = await linesOf("jsonl", { person: "user0001", outcome: "succeeded" });
      expect(lines.map((line) => JSON.parse(line).message)).toEqual(["signed_in"]);
    });

    test("S37 is recorded before its first line, without the name that was searched for", async () => {
      await record({ userId: "user0001" });
      await open("csv", { person: "李雷", kind: "signed_in", within: "day" });
      expect(await exports()).toMatchObject([
        { actorUserId: "user0002", reason: "1 rows, csv, kind=signed_in, within=day, 李*" },
      ]);
    });

    test("reads no further when its reader goes away", async () => {
      await db.execute(
        sql`insert into audit_events (kind, corp_id) select 'signed_out', ${ownCorpId()} from generate_series(1, 1201)`,
      );
      const reader = (await open("jsonl")).getReader();
      const first = await reader.read();
      expect(first.done).toBe(false);
      await reader.cancel();
      expect(await reader.read()).toEqual({ done: true, value: undefined });
    });
  });
});
