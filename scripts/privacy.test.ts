import { readFileSync } from "node:fs";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as audit from "../lib/db/audit-schema";
import * as events from "../lib/db/events-schema";
import * as expiring from "../lib/db/expiring-schema";
import * as schema from "../lib/db/schema";
import * as statistics from "../lib/db/statistics-schema";
import * as sync from "../lib/db/sync-schema";

const page = readFileSync("docs/privacy.md", "utf8");
const tables = Object.values({ ...schema, ...audit, ...events, ...expiring, ...sync, ...statistics }).filter((value) =>
  is(value, PgTable),
);

test.each(tables.map((table) => getTableConfig(table)))("docs/privacy.md has every column of $name", (table) => {
  const row = page.split("\n").find((line) => line.startsWith(`| \`${table.name}\` |`)) ?? "";
  const documented = [...(row.split("|")[2] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  expect(documented.sort()).toEqual(table.columns.map(({ name }) => name).sort());
});
