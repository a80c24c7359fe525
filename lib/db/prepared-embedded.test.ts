import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { copyEmptyDatabase } from "../../test/empty-database";
import { keepPrepared } from "./prepared-embedded";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-prepared-"));
let pglite: PGlite;
/** As PGlite itself runs a statement. */
let plain: PGlite["query"];

beforeAll(async () => {
  const dataDir = join(folder, "db");
  await copyEmptyDatabase(dataDir);
  pglite = await PGlite.create({ dataDir });
  plain = pglite.query.bind(pglite);
  keepPrepared(pglite);
  await pglite.query("create table facts (id int primary key, name text not null unique)");
});

afterEach(async () => {
  vi.restoreAllMocks();
  await pglite.query("delete from facts");
});

afterAll(async () => {
  await pglite.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openPrepared(name: string): Promise<PGlite> {
  const dataDir = join(folder, name);
  await copyEmptyDatabase(dataDir);
  const opened = await PGlite.create({ dataDir });
  keepPrepared(opened);
  return opened;
}

const insert = "insert into facts (id, name) values ($1, $2)";

async function listKept(): Promise<string[]> {
  const { rows } = await plain<{ statement: string }>("select statement from pg_prepared_statements");
  return rows.map(({ statement }) => statement);
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("a prepared statement of the embedded database", () => {
  test("goes through one call into the engine from its second use on", async () => {
    const calls = vi.spyOn(pglite, "execProtocolStream");
    await pglite.query("select $1::int + 1 as sum", [1]);
    expect(calls).toHaveBeenCalledTimes(2);
    calls.mockClear();
    expect((await pglite.query("select $1::int + 1 as sum", [2])).rows).toEqual([{ sum: 3 }]);
    expect(calls).toHaveBeenCalledTimes(1);
  });

  test.each([
    ["a time", "select $1::timestamptz as value, now() is not null as known", ["2026-11-22T08:00:00.123Z"]],
    ["JSON", "select $1::jsonb as value", [JSON.stringify({ name: "李雷", list: [1, null] })]],
    ["JSON that is text", "select $1::jsonb ->> 0 as value", ['["a"]']],
    ["a large number", "select $1::bigint as value", [9_007_199_254_740_991]],
    ["numbers", "select $1::int as one, $2::float8 as other", [-7, 0.5]],
    ["booleans", "select $1::boolean as yes, $2::boolean as no", [true, false]],
    [
      "lists",
      "select $1::text[] as texts, $2::bigint[] as numbers",
      [
        ['a"b', "{,}", "NULL"],
        [1, 2],
      ],
    ],
    ["absence", "select $1::text as one, $2::jsonb as other, null as third", [null, undefined]],
    ["text with every quote", "select $1::text as value", ["'\"\\ \n 李"]],
    ["no row", "select 1 as value where $1::int = 0", [1]],
    ["no column", "delete from facts where id = $1", [1]],
  ])("returns %s as PGlite does", async (_what, text, parameters) => {
    for (const rowMode of ["array", "object", "object"] as const) {
      expect(await pglite.query(text, parameters, { rowMode })).toEqual(await plain(text, parameters, { rowMode }));
    }
  });

  test("uses the parsers that the caller passes", async () => {
    const options = { parsers: { 1184: (text: string) => `as text: ${text}` } };
    const { rows } = await pglite.query("select 'epoch'::timestamptz as value", [], options);
    expect(rows).toEqual([{ value: expect.stringMatching(/^as text: 1970/) }]);
  });

  test("fails with the code, the constraint and the message that PGlite has, and leaves the connection ready", async () => {
    await pglite.query(insert, [1, "a"]);
    const failure = await failureOf(pglite.query(insert, [2, "a"]));
    const { code, constraint, message, table } = Object(await failureOf(plain(insert, [2, "a"])));
    expect({ code, constraint }).toEqual({ code: "23505", constraint: "facts_name_key" });
    expect(failure).toMatchObject({ code, constraint, message, table });
    expect(failure).toBeInstanceOf(Error);
    expect((await pglite.query("select name from facts")).rows).toEqual([{ name: "a" }]);
  });

  test("whose text is wrong is not kept, and fails again", async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await expect(pglite.query("select nothing from facts")).rejects.toMatchObject({ code: "42703" });
    }
    expect(await listKept()).not.toContain("select nothing from facts");
  });

  test("whose value is wrong is kept, and works with the next one", async () => {
    const text = "select $1::int as value";
    await expect(pglite.query(text, ["no number"])).rejects.toMatchObject({ code: "22P02" });
    expect((await pglite.query(text, [5])).rows).toEqual([{ value: 5 }]);
  });

  test("in a transaction is rolled back with it", async () => {
    const work = pglite.transaction(async (tx) => {
      await tx.query(insert, [1, "a"]);
      await tx.query(insert, [1, "b"]);
    });
    await expect(work).rejects.toMatchObject({ code: "23505", constraint: "facts_pkey" });
    expect((await pglite.query("select * from facts")).rows).toEqual([]);
  });

  test("fails in a transaction that has failed, which does not commit", async () => {
    const work = pglite.transaction(async (tx) => {
      await tx.query(insert, [1, "a"]);
      await failureOf(tx.query(insert, [1, "b"]));
      expect(await failureOf(tx.query("select * from facts"))).toMatchObject({ code: "25P02" });
    });
    await expect(work).rejects.toThrow();
    expect((await pglite.query("select * from facts")).rows).toEqual([]);
  });

  test("cannot be used in a transaction that has ended", async () => {
    const tx = await pglite.transaction(async (given) => given);
    await expect(tx.query("select 1")).rejects.toThrow("Transaction is closed");
  });

  test("waits while another caller's transaction is open", async () => {
    const order: string[] = [];
    let outside: Promise<unknown> = Promise.resolve();
    await pglite.transaction(async (tx) => {
      outside = pglite.query("select * from facts").then(({ rows }) => order.push(`outside: ${rows.length}`));
      await tx.query(insert, [1, "a"]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push("inside");
    });
    await outside;
    expect(order).toEqual(["inside", "outside: 1"]);
  });

  test("gives each of many concurrent callers its own answer, failures in between included", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => pglite.query("select 60 / $1::int as value", [index % 4])),
    );
    const values = answers.map((answer) => (answer.status === "fulfilled" ? answer.value.rows[0] : answer.reason.code));
    expect(values.slice(0, 4)).toEqual(["22012", { value: 60 }, { value: 30 }, { value: 20 }]);
    expect(values.slice(4)).toEqual(values.slice(0, 56));
  });

  test("sends its notification to those who listen, when its transaction commits", async () => {
    const received: string[] = [];
    const stop = await pglite.listen("news", (message) => received.push(message));
    await pglite.query("select pg_notify('news', $1)", ["first"]);
    await pglite.transaction(async (tx) => {
      await tx.query("select pg_notify('news', $1)", ["second"]);
      expect(received).toEqual(["first"]);
    });
    await vi.waitFor(() => expect(received).toEqual(["first", "second"]));
    await stop();
  });

  test("is prepared again after a statement that changes its table", async () => {
    await pglite.query("create table changed (value int)");
    const text = "select * from changed";
    await pglite.query(text);
    await pglite.query("alter table changed alter column value type text, add column other int");
    await pglite.query("insert into changed values ($1, $2)", ["a", 1]);
    expect((await pglite.query(text)).rows).toEqual([{ value: "a", other: 1 }]);
    await pglite.transaction(async (tx) => {
      await tx.query("alter table changed drop column other");
      expect((await tx.query(text)).rows).toEqual([{ value: "a" }]);
      await tx.query("drop table changed");
    });
  });

  test("is planned again each time that the rows written have doubled, from five hundred on", async () => {
    const other = await openPrepared("grown");
    const calls = vi.spyOn(other, "execProtocolStream");
    const isPlannedAfter = async (rows: number) => {
      await other.query("insert into rows select generate_series(1, $1::int)", [rows]);
      calls.mockClear();
      await other.query("select count(*) from rows");
      return calls.mock.calls.length === 2;
    };
    await other.query("create table rows (value int)");
    const planned: boolean[] = [];
    for (const rows of [1, 498, 1, 499, 1, 999, 1]) planned.push(await isPlannedAfter(rows));
    expect(planned).toEqual([true, false, true, false, true, false, true]);
    const kept = await other.query("select count(*)::int as kept from pg_prepared_statements");
    expect(kept.rows).toEqual([{ kept: 2 }]);
    await other.close();
  });

  test("is closed when two hundred others were used since", async () => {
    const texts = Array.from({ length: 250 }, (_, index) => `select ${index} as value`);
    for (const text of texts) {
      await pglite.query(text);
      await pglite.query("select 'often' as value");
    }
    const kept = await listKept();
    expect(kept.length).toBeLessThanOrEqual(202);
    expect(kept).toEqual(expect.arrayContaining(["select 'often' as value", "select 249 as value"]));
    expect(kept).not.toContain("select 0 as value");
    expect((await pglite.query("select 0 as value")).rows).toEqual([{ value: 0 }]);
  });

  test("fails after the database was closed", async () => {
    const other = await openPrepared("closed");
    const last = other.query("select 1 as value");
    const closing = other.close();
    await last;
    await closing;
    await expect(other.query("select 1 as value")).rejects.toThrow("PGlite is closed");
  });
});
