import { recordEvent } from "../audit/events";
import { toOcsf } from "../audit/ocsf";
import { csvLine, csvStart } from "../csv";
import { db } from "../db/client";
import { currentClient } from "../http/client-info";
import { streamText } from "../http/download";
import { maskWords, wordsOf } from "../search/words";
import { type Admin } from "../sessions/permission";
import { countEvents, type Filter, readFilter, type Selected, selectEvents, writeEventKey } from "./filter";
import { describeEvents } from "./list";
import { type TrailQuery } from "./query";

/** So many events are in memory at a time. */
const batch = 500;

/** `csv` for spreadsheets; `jsonl`: each event as AUDIT_EXPORT sends it. */
export type ExportFormat = "csv" | "jsonl";

/**
 * The events that a query finds, the latest first, as a file that is written while it is sent. The export is in the audit trail before its first
 * line, and therefore in the file too where the query finds it. (S37)
 */
export async function exportTrail(
  admin: Admin,
  query: TrailQuery,
  format: ExportFormat,
): Promise<ReadableStream<Uint8Array>> {
  const { filter } = await readFilter(admin, query);
  await recordExport(admin, query, { format, total: await countEvents(filter, Number.MAX_SAFE_INTEGER) });
  return streamText(async function* write() {
    if (format === "csv") yield csvStart + csvLine(csvHead);
    for await (const rows of readInBatches(filter)) {
      if (format === "csv") yield await writeCsv(admin, rows);
      else yield rows.map((row) => `${toOcsf(row)}\n`).join("");
    }
  });
}

async function* readInBatches(filter: Filter): AsyncGenerator<Selected[]> {
  for (let after: string | null = null; ; ) {
    const rows: Selected[] = await selectEvents(filter, after, batch);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = writeEventKey(last.event);
  }
}

/** As docs/audit.md names them, in every language. */
const csvHead = [
  ...["at", "kind", "outcome", "user_id", "name", "actor_user_id", "actor_name", "method", "reason", "reference", "ip"],
  ...["user_agent", "request_id", "dingtalk_request_id", "count", "id", "position", "previous_hash", "hash"],
];

async function writeCsv(admin: Admin, rows: Selected[]): Promise<string> {
  const described = await describeEvents(admin, rows);
  const lines = described.map(({ person, actor, place, ...event }, index) =>
    csvLine([
      ...[event.at.toISOString(), event.kind, event.outcome, person?.userId ?? null, person?.name ?? null],
      ...[actor?.userId ?? null, actor?.name ?? null, event.method, event.reason, event.reference, event.ip],
      ...[rows[index]?.event.userAgent ?? null, event.requestId, event.dingtalkRequestId, event.count, event.id],
      ...[place?.position ?? null, place?.previousHash ?? null, place?.hash ?? null],
    ]),
  );
  return lines.join("");
}

type Exported = { format: ExportFormat; total: number };

/** The number of rows, and the filters without the names and numbers that were searched for. */
async function recordExport(admin: Admin, query: TrailQuery, { format, total }: Exported): Promise<void> {
  const { person, after: _after, live: _live, ...filters } = query;
  const narrowed = Object.entries(filters).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
  const reason = [`${total} rows`, format, ...narrowed, maskWords(wordsOf(person))].filter(Boolean).join(", ");
  const { corpId, userId: actorUserId } = admin;
  const client = await currentClient();
  await recordEvent(db, { kind: "audit_exported", corpId, actorUserId, reason: reason.slice(0, 200), client });
}
