import { and, asc, gt, type SQL } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { csvLine, csvStart } from "../csv";
import { db } from "../db/client";
import { employees } from "../db/schema";
import { countList } from "../db/total";
import { currentClient } from "../http/client-info";
import { streamText } from "../http/download";
import { type Words } from "../i18n/words";
import { maskWords, wordsOf } from "../search/words";
import { type Admin } from "../sessions/permission";
import { type EmployeeQuery, matchesQuery } from "./list";
import { describe, type EmployeeRow, selectListed } from "./row";
import { readTree } from "./tree";

const batch = 500;

/**
 * The employees whom a query finds, as a CSV file that is written while it is sent. The export is in the audit trail before its
 * first line. (S37)
 */
export async function exportEmployees(
  admin: Admin,
  query: EmployeeQuery,
  { people }: Words,
): Promise<ReadableStream<Uint8Array>> {
  const { search, sort: _sort, after: _after, before: _before, ...filters } = query;
  const words = wordsOf(search);
  const matching = await matchesQuery(admin, { ...filters, words });
  const name = JSON.stringify(["employees", admin.corpId, words, filters]);
  const total = await countList({ name, table: employees, where: matching });
  await record(admin, { total, words, filters });
  const { columns } = people.directory;
  const head = csvLine([
    "userId",
    columns.employee,
    columns.jobNumber,
    columns.title,
    columns.departments,
    columns.state,
    columns.lastSignIn,
  ]);
  return streamText(async function* write() {
    yield csvStart + head;
    for await (const rows of readInBatches(matching))
      yield describe(rows, await readTree(admin))
        .map((row) => writeRow(row, people))
        .join("");
  });
}

function writeRow(
  { userId, name, jobNumber, title, departments, active, lastSignedInAt }: EmployeeRow,
  { marks }: Words["people"],
): string {
  const state = active ? marks.active : marks.inactive;
  return csvLine([
    userId,
    name,
    jobNumber,
    title,
    departments.join("; "),
    state,
    lastSignedInAt?.toISOString() ?? null,
  ]);
}

async function* readInBatches(matching: SQL | undefined) {
  for (let after = ""; ; ) {
    const rows = await selectListed()
      .where(and(matching, gt(employees.userId, after)))
      .orderBy(asc(employees.userId))
      .limit(batch);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.userId;
  }
}

type Exported = { total: number; words: string[]; filters: object };

async function record({ corpId, userId: actorUserId }: Admin, { total, words, filters }: Exported): Promise<void> {
  const narrowed = Object.entries(filters).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
  const reason = [`${total} rows`, ...narrowed, maskWords(words)].filter(Boolean).join(", ").slice(0, 200);
  await recordEvent(db, { kind: "directory_exported", corpId, actorUserId, reason, client: await currentClient() });
}
