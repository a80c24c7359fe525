import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createWorld, withSingleton } from "../../test/world";
import { auditEvents, auditExports } from "../db/audit-schema";
import { db } from "../db/client";
import { env } from "../env";
import { ownCorpId } from "../services";
import { type AuditEvent, recordEvent } from "./events";
import { exportNew } from "./export";
import { createExportTarget, type ExportTarget } from "./export-target";
import { deleteOldEvents } from "./retention";

const { lines: log } = createWorld({ AUDIT_RETENTION_DAYS: "90" });
const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const client = { ip: "198.51.100.7", userAgent: "a browser" };
const lineSchema = z.looseObject({ class_uid: z.number(), metadata: z.looseObject({ sequence: z.number() }) });

function record(event: Partial<AuditEvent> = {}): Promise<void> {
  return recordEvent(db, { kind: "signed_in", corpId: ownCorpId(), userId: "user0001", client, ...event });
}

function exporterTo(target: ExportTarget, holder = "this process") {
  return { target, name: "the target", holder, failures: 0, running: null };
}

function exportTo(target: ExportTarget, holder?: string): Promise<void> {
  return withSingleton("auditExporter", exporterTo(target, holder), exportNew);
}

function collector() {
  const lines: string[] = [];
  const target: ExportTarget = async (sent) => void lines.push(...sent);
  const sequences = () => lines.map((line) => lineSchema.parse(JSON.parse(line)).metadata.sequence);
  return { target, lines, sequences };
}

describe("S46 the export of the audit trail", () => {
  test("sends each event once, in order, and goes on where it stopped", async () => {
    const { target, sequences } = collector();
    for (let count = 0; count < 3; count += 1) await record();
    await exportTo(target);
    await record();
    await exportTo(target, "the process after a restart, whose lease");
    expect(sequences()).toEqual([1, 2, 3]);
    await db.execute(sql`update audit_exports set leased_until = now() - interval '1 second'`);
    await exportTo(target, "the process after a restart");
    expect(sequences()).toEqual([1, 2, 3, 4]);
  });

  test("repeats what may not have arrived, and leaves nothing out", async () => {
    const { target, sequences } = collector();
    for (let count = 0; count < 2; count += 1) await record();
    const interrupted: ExportTarget = async (lines) => {
      await target(lines);
      throw new Error("killed before the position moved");
    };
    await exportTo(interrupted);
    expect(JSON.parse(log.at(-1) ?? "")).toMatchObject({ level: 50, msg: "audit trail not exported" });
    await exportTo(target);
    expect(sequences()).toEqual([1, 2, 1, 2]);
  });

  test("sends more events than one message holds", async () => {
    const { target, sequences } = collector();
    await db.execute(
      sql`insert into audit_events (kind, corp_id) select 'signed_in', 'corp' from generate_series(1, 1203)`,
    );
    await exportTo(target);
    expect(sequences()).toEqual(Array.from({ length: 1203 }, (_, index) => index + 1));
  });

  test("is made by one process at a time", async () => {
    const first = collector();
    const second = collector();
    await record();
    await exportTo(async (lines) => {
      await withSingleton("auditExporter", exporterTo(second.target, "another process"), exportNew);
      await first.target(lines);
    });
    expect([first.sequences(), second.sequences()]).toEqual([[1], []]);
  });

  test("holds back the retention", async () => {
    for (let count = 0; count < 3; count += 1) await record();
    await db.execute(sql`update audit_events set at = now() - interval '91 days'`);
    await db.insert(auditExports).values({ target: "stdout", position: 2, holder: "", leasedUntil: new Date() });
    await withSingleton("env", { ...env(), AUDIT_EXPORT: "stdout" }, async () => {
      expect(await deleteOldEvents(100)).toBe(2);
    });
    expect(await db.$count(auditEvents)).toBe(1);
  });

  test("has the shape of OCSF, and no field without a value", async () => {
    const { target, lines } = collector();
    await record({ kind: "refused", userId: null, reason: "outsider", reference: "ABCDEFGH" });
    await record({ kind: "employee_viewed", actorUserId: "user0002" });
    await exportTo(target);
    const [refused, viewed] = lines.map((line) => lineSchema.parse(JSON.parse(line)));
    expect(refused).toMatchObject({ class_uid: 3002, type_uid: 300201, status_id: 2, status_detail: "outsider" });
    expect(viewed).toMatchObject({ class_uid: 3004, type_uid: 300402, status_id: 1, entity: { uid: "user0001" } });
    expect(viewed).toMatchObject({ actor: { user: { uid: "user0002" } }, unmapped: { hash: expect.any(String) } });
    expect(lines.join("")).not.toContain("null");
  });
});

describe("a target of the export", () => {
  function targetOf(AUDIT_EXPORT: string, AUDIT_EXPORT_TOKEN: string | null = null): ExportTarget {
    const target = createExportTarget({ AUDIT_EXPORT, AUDIT_EXPORT_TOKEN });
    if (!target) throw new Error("no target");
    return target;
  }

  test("is none by default", () => {
    expect(createExportTarget({ AUDIT_EXPORT: "off", AUDIT_EXPORT_TOKEN: null })).toBeNull();
  });

  test("that is a file is appended to, and only its owner reads it", async () => {
    const path = join(folder, "audit.jsonl");
    await targetOf(`file:${path}`)(["one", "two"]);
    appendFileSync(path, "half a li");
    await targetOf(`file:${path}`)(["three"]);
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\nhalf a li\nthree\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  describe("that is an address", () => {
    const received: { headers: Record<string, unknown>; body: string }[] = [];
    let status = 200;
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      received.push({ headers: request.headers, body });
      response.writeHead(status, { location: "/elsewhere" }).end("ok");
    }).listen(0, "127.0.0.1");
    function url(): string {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("not listening");
      return `http://127.0.0.1:${address.port}/audit`;
    }
    afterAll(() => void server.close());
    beforeEach(() => {
      received.length = 0;
      status = 200;
    });

    test("gets lines of JSON and the token", async () => {
      await targetOf(url(), "secret")(['{"a":1}', '{"a":2}']);
      expect(received).toMatchObject([
        {
          body: '{"a":1}\n{"a":2}\n',
          headers: { authorization: "Bearer secret", "content-type": "application/x-ndjson" },
        },
      ]);
    });

    test.each([500, 429, 302])("has not accepted them when it answers %d", async (answer) => {
      status = answer;
      await expect(targetOf(url())(["{}"])).rejects.toThrow();
      expect(received).toHaveLength(1);
    });
  });
});
