import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { findPostgres, type Postgres, startPostgres } from "../e2e/postgres";
import { verifyTrail } from "../lib/audit/chain";
import { recordEvent } from "../lib/audit/events";
import { consumeOnce } from "../lib/auth/consume-once";
import { auditEvents } from "../lib/db/audit-schema";
import { database, db, openDatabase } from "../lib/db/client";
import { type Db } from "../lib/db/database";
import { describeTable, listSequences, listTables, setTimeZone } from "../lib/db/dump";
import { openPostgres } from "../lib/db/postgres";
import { saveEmployee } from "../lib/employees/store";
import { env } from "../lib/env";
import { ownCorpId } from "../lib/services";
import { createSession } from "../lib/sessions/create";
import { createTicket } from "../lib/tickets/ticket";
import { buildEmployee } from "../test/dingtalk";
import { copyEmptyDatabase } from "../test/empty-database";
import { createWorld } from "../test/world";

createWorld();
// Each test starts the commands several times.
vi.setConfig({ testTimeout: 10 * 60_000 });

const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-commands-"));
const client = { ip: "198.51.100.7", userAgent: 'a browser with "quotes", a\ttab, a\nline, \\N and 表情 😀' };
const installed = findPostgres();

/** More audit events than a batch has rows. */
const events = 1100;
let dump = "";

beforeEach(async () => {
  dump = join(mkdtempSync(join(folder, "dump-")), "backup.dump.gz");
  const owner = { corpId: ownCorpId(), userId: "user0001" };
  await saveEmployee(
    db,
    buildEmployee(owner.userId, { name: "李雷", remark: client.userAgent, hiredAtMs: 1_600_000_000_123 }),
  );
  await createSession(db, { ...owner, method: "frame", client });
  await createTicket("its secret", client);
  await consumeOnce({ "auth code": "a code" });
  await db.transaction(async (tx) => {
    for (let count = 1; count <= events; count += 1)
      await recordEvent(tx, { kind: "signed_in", ...owner, method: "frame", client, count });
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(name: string, options: string[] = [], settings: Record<string, string> = {}) {
  const script = ["--import", "tsx", `scripts/${name}.ts`, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, {
    encoding: "utf8",
    env: { ...process.env, ...settings },
  });
  return { status, stdout, stderr };
}

/** What a database contains: each table's rows, and the numbers that come next. */
async function describeDatabase(found: Db) {
  return found.transaction(async (tx) => {
    await setTimeZone(tx);
    const tables = await listTables(tx);
    return {
      tables: await Promise.all(tables.map(async (table) => [table, await describeTable(tx, table)])),
      sequences: await listSequences(tx),
    };
  });
}

/** Runs commands while the app is stopped. */
async function whileStopped<T>(work: () => Promise<T> | T): Promise<T> {
  await database().close();
  try {
    return await work();
  } finally {
    await openDatabase();
  }
}

describe("audit:verify", () => {
  test("S46 names the first event that was manipulated, and ends with exit code 1", async () => {
    expect(await whileStopped(() => run("audit-verify", []))).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Verified 1\d\d\d audit events; not signed yet/),
    });
    await db.execute(
      sql`update audit_events set ip = null where id = (select event_id from audit_chain where position = 7)`,
    );
    expect(await whileStopped(() => run("audit-verify", []))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/manipulated: changed, position 7, event \d+, of \d{4}-/),
    });
  });
});

describe("db:dump and db:restore", () => {
  test("bring back every row, and the next audit event gets the next number", async () => {
    const before = await describeDatabase(db);
    await whileStopped(() => {
      expect(run("db-dump", [dump])).toMatchObject({ status: 0, stderr: "" });
      rmSync(join(env().DATA_DIR, "db"), { recursive: true });
      expect(run("db-restore", [dump])).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^Restored 22\d\d rows/),
      });
    });
    expect(await describeDatabase(db)).toEqual(before);
    expect(statSync(dump).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
    await recordEvent(db, { kind: "signed_out", corpId: "corp", client });
    const [last, next] = [before.sequences[0]?.lastValue, (await listSequences(db))[0]?.lastValue];
    expect(Number(next)).toBe(Number(last) + 1);
    expect(await db.transaction(verifyTrail)).toMatchObject({ fault: null });
  });

  test("refuse a database with rows, and change nothing", async () => {
    const before = await describeDatabase(db);
    const { restored } = await whileStopped(() => {
      run("db-dump", [dump]);
      return { restored: run("db-restore", [dump]) };
    });
    expect(restored).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/The table \w+ has rows. Nothing was changed/),
    });
    expect(await describeDatabase(db)).toEqual(before);
  });

  test("are refused while the app has the embedded database open", () => {
    expect(run("db-dump", [dump])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is open in another process"),
    });
    expect(run("db-restore", [dump]).status).toBe(1);
  });

  test("leave an existing file as it is", async () => {
    writeFileSync(dump, "kept");
    const dumped = await whileStopped(() => run("db-dump", [dump]));
    expect(dumped).toMatchObject({ status: 1, stderr: expect.stringContaining("EEXIST") });
    expect(readFileSync(dump, "utf8")).toBe("kept");
  });

  test.each([
    { what: "without its end", change: (lines: string[]) => lines.slice(0, -2), error: "is not complete" },
    {
      what: "with a changed row",
      change: replaceIn(/frame/, "other"),
      error: /The table sessions has .*the dump has/,
    },
    {
      what: "of a newer release",
      change: replaceIn(/"migrations":\[/, '"migrations":["newer",'),
      error: "newer release",
    },
    { what: "that is another file", change: () => ["other"], error: "not a dump" },
  ])("a dump $what is refused, and the database stays empty", async ({ change, error }) => {
    const restored = await whileStopped(async () => {
      run("db-dump", [dump]);
      await emptyDatabase();
      writeFileSync(dump, gzipSync(change(gunzipSync(readFileSync(dump)).toString().split("\n")).join("\n")));
      return run("db-restore", [dump]);
    });
    expect(restored).toMatchObject({ status: 1, stderr: expect.stringMatching(error) });
    expect(await db.select().from(auditEvents)).toEqual([]);
  });

  test("a dump whose file is cut off is refused", async () => {
    const restored = await whileStopped(async () => {
      run("db-dump", [dump]);
      await emptyDatabase();
      writeFileSync(dump, readFileSync(dump).subarray(0, -20));
      return run("db-restore", [dump]);
    });
    expect(restored).toMatchObject({ status: 1, stderr: expect.stringContaining("unexpected end of file") });
    expect(await db.select().from(auditEvents)).toEqual([]);
  });

  test.each(["db-dump", "db-restore"])("%s shows its usage without a file", (name) => {
    expect(run(name)).toMatchObject({ status: 2, stderr: expect.stringContaining("Usage:") });
  });
});

async function emptyDatabase(): Promise<void> {
  const dataDir = join(env().DATA_DIR, "db");
  rmSync(dataDir, { recursive: true });
  await copyEmptyDatabase(dataDir);
}

/** Replaces the first match from the end of the lines on. */
function replaceIn(pattern: RegExp, replacement: string) {
  return (lines: string[]) => {
    const index = lines.findLastIndex((line) => pattern.test(line));
    return lines.map((line, at) => (at === index ? line.replace(pattern, replacement) : line));
  };
}

describe("db:move", () => {
  test("shows its usage without a target", () => {
    expect(run("db-move")).toMatchObject({ status: 2, stderr: expect.stringContaining("DATABASE_URL") });
  });

  test("says that a target does not answer", async () => {
    const moved = await whileStopped(() => run("db-move", [], { DATABASE_URL: "postgres://app@127.0.0.1:1/app" }));
    expect(moved).toMatchObject({ status: 1, stderr: expect.stringContaining("ECONNREFUSED") });
  });

  test("refuses a folder without a database", () => {
    const settings = { DATABASE_URL: "postgres://app@127.0.0.1:1/app", DATA_DIR: join(folder, "none") };
    expect(run("db-move", [], settings)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("no embedded database"),
    });
  });

  test.runIf(installed)(
    "copies every row and number to PostgreSQL, once, and only while the app is stopped",
    async () => {
      const before = await describeDatabase(db);
      await withPostgres(async ({ url }) => {
        expect(run("db-move", [], { DATABASE_URL: url })).toMatchObject({
          status: 1,
          stderr: expect.stringContaining("is open in"),
        });
        const moved = await whileStopped(() => run("db-move", [], { DATABASE_URL: url }));
        expect(moved).toMatchObject({ status: 0, stdout: expect.stringMatching(/Moved 22\d\d rows/) });
        const target = await openPostgres(url);
        expect(await describeDatabase(target.db)).toEqual(before);
        expect(await target.db.transaction(verifyTrail)).toMatchObject({ fault: null });
        await target.db.execute(sql`delete from sessions`);
        const again = await whileStopped(() => run("db-move", [], { DATABASE_URL: url }));
        expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining("has rows. Nothing was changed") });
        expect(await target.db.query.sessions.findMany()).toEqual([]);
        await target.close();
      });
      expect(await describeDatabase(db)).toEqual(before);
    },
  );
});

async function withPostgres(work: (postgres: Postgres) => Promise<void>): Promise<void> {
  if (!installed) throw new Error("There is no PostgreSQL.");
  const postgres = await startPostgres(installed);
  try {
    await work(postgres);
  } finally {
    await postgres.stop();
  }
}
