import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { onPostgres } from "../../test/engines";
import { type Database, type Db } from "./database";
import { consumedCodes } from "./expiring-schema";
import { openPostgres } from "./postgres";

const named = z.array(z.object({ statement: z.string() }).loose());

/** The statements that this transaction's connection keeps by name. */
async function listKept(tx: Db): Promise<string[]> {
  const rows: unknown = await tx.execute(sql`select statement from pg_prepared_statements`);
  return named.parse(rows).map(({ statement }) => statement);
}

const insert = (tx: Db, hash: string) => tx.insert(consumedCodes).values({ hash, expiresAt: sql`now()` });

onPostgres((settings) => {
  let opened: Database | null = null;

  function db(): Db {
    if (!opened) throw new Error("not open");
    return opened.db;
  }

  beforeAll(async () => {
    opened = await openPostgres(settings.DATABASE_URL);
  });
  afterAll(() => opened?.close());

  test("a statement is kept by name, once for all its uses, also in a transaction within a transaction", async () => {
    await db().transaction(async (tx) => {
      await insert(tx, "one");
      await insert(tx, "two");
      await tx.transaction(async (inner) => {
        await insert(inner, "three");
        await inner.delete(consumedCodes);
      });
      const kept = await listKept(tx);
      expect(kept.filter((text) => text.startsWith("insert"))).toHaveLength(1);
      expect(kept).toContainEqual(expect.stringMatching(/^insert into "consumed_codes"/));
    });
  });

  test("a statement is kept outside a transaction", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => insert(db(), `outside ${index}`)));
    const remaining = await db().transaction(listKept);
    expect(remaining).toContainEqual(expect.stringMatching(/^insert into "consumed_codes"/));
  });

  test("a statement fails with its code and constraint, and rolls its transaction back", async () => {
    const work = db().transaction(async (tx) => {
      await insert(tx, "again");
      await insert(tx, "again");
    });
    await expect(work).rejects.toMatchObject({ cause: { code: "23505", constraint_name: "spent_codes_pkey" } });
    expect(await db().select().from(consumedCodes).where(sql`hash = 'again'`)).toEqual([]);
  });

  test("a statement works after a change of its table, as another version's migration makes it", async () => {
    const all = () => db().execute(sql`select * from consumed_codes where hash <> ${"none"}`);
    await Promise.all(Array.from({ length: 20 }, all));
    await db().execute(sql`alter table consumed_codes add column later text default 'new'`);
    for (let turn = 0; turn < 20; turn += 1) expect(z.array(z.unknown()).parse(await all())[0]).toHaveProperty("later");
    await db().execute(sql`alter table consumed_codes drop column later`);
  });

  test("a statement is not kept beyond three hundred others", async () => {
    await db().transaction(async (tx) => {
      for (let count = 0; count < 320; count += 1) await tx.execute(sql.raw(`select ${count}`).append(sql`, ${count}`));
      expect((await listKept(tx)).length).toBeLessThanOrEqual(300);
      expect(await tx.execute(sql`select 319, ${319}`)).toHaveLength(1);
    });
  });
});
