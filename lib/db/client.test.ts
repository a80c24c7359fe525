import { readdirSync } from "node:fs";
import { join } from "node:path";
import { is, type SQL, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld, withSingleton } from "../../test/world";
import { saveEmployee } from "../employees/store";
import { env } from "../env";
import * as audit from "./audit-schema";
import { database, db, openDatabase } from "./client";
import { lockFolder } from "./lock";
import * as schema from "./schema";
import * as statistics from "./statistics-schema";

createWorld();

const answer = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

async function select(query: SQL): Promise<Record<string, unknown>[]> {
  return answer.parse(await db.execute(query)).rows;
}

async function count(query: SQL): Promise<number> {
  return Number((await select(query))[0]?.count);
}

const migrations = readdirSync(join(import.meta.dirname, "migrations")).filter((name) => name.endsWith(".sql"));

describe("the embedded database", () => {
  test("has every table and column of the schema after the migrations", async () => {
    for (const table of Object.values({ ...schema, ...audit, ...statistics }).filter((value) => is(value, PgTable))) {
      const { name, columns } = getTableConfig(table);
      const rows = await select(sql`select column_name from information_schema.columns where table_name = ${name}`);
      const found = rows.map((row) => row.column_name);
      expect([name, found.sort()]).toEqual([name, columns.map((column) => column.name).sort()]);
    }
  });

  test("is opened once, and is the same for every caller", () => {
    const databases = Array.from({ length: 10 }, () => database());
    expect(new Set(databases).size).toBe(1);
  });

  test("refuses a query before it is open", async () => {
    await withSingleton("database", { database: null }, async () => {
      expect(() => db.select()).toThrow("The database is not open yet.");
    });
  });

  test("locks its folder while it is open", async () => {
    await expect(lockFolder(join(env().DATA_DIR, "db"))).rejects.toThrow("another process");
  });

  test("opens again with its rows, and runs no migration twice", async () => {
    await saveEmployee(db, buildEmployee("user0001"));
    await database().close();
    await openDatabase();
    expect(await count(sql`select count(*) from drizzle.__drizzle_migrations`)).toBe(migrations.length);
    expect(await count(sql`select count(*) from employees`)).toBe(1);
  });

  test("stores the time of a sign-in to the millisecond, as JavaScript and page keys do", () => {
    expect(schema.employees.lastSignedInAt.getSQLType()).toBe("timestamp (3) with time zone");
  });
});
