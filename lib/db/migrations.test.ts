import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { buildEmployee } from "../../test/dingtalk";
import { copyEmptyDatabase } from "../../test/empty-database";
import { createWorld } from "../../test/world";
import { env } from "../env";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { findLiveSession } from "../sessions/session";
import { redeemTicket } from "../tickets/ticket";
import { auditEvents } from "./audit-schema";
import { database, db, openDatabase } from "./client";
import { consumedCodes } from "./expiring-schema";

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() }).loose()) }).loose();
const release010 = ["0000_start", "0001_tickets"];
const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-0.1.0-"));

createWorld();

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The migrations of release 0.1.0 alone. */
function migrationsOf010(): string {
  const source = join(import.meta.dirname, "migrations");
  const target = join(folder, "migrations");
  mkdirSync(join(target, "meta"), { recursive: true });
  const journal = journalSchema.parse(JSON.parse(readFileSync(join(source, "meta/_journal.json"), "utf8")));
  const entries = journal.entries.filter(({ tag }) => release010.includes(tag));
  writeFileSync(join(target, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
  for (const tag of release010) cpSync(join(source, `${tag}.sql`), join(target, `${tag}.sql`));
  return target;
}

/** A database as release 0.1.0 leaves it: one employee with an open session, an approved ticket, a consumed code. */
async function create010(dataDir: string): Promise<void> {
  const pglite = await PGlite.create({ dataDir });
  await migrate(drizzle(pglite), { migrationsFolder: migrationsOf010() });
  const details = buildEmployee("user0001", { name: "李雷" });
  const corpId = ownCorpId();
  await pglite.query(
    `insert into employees (corp_id, user_id, union_id, name, active, search_text, details)
     values ($1, 'user0001', $2, '李雷', true, 'user0001', $3)`,
    [corpId, details.unionId, JSON.stringify(details)],
  );
  await pglite.query(
    `insert into sessions (id_hash, corp_id, user_id, way_in, ip, expires_at)
     values ($1, $2, 'user0001', 'redirect', '198.51.100.7', now() + interval '1 day')`,
    [hashSecret("a session of 0.1.0"), corpId],
  );
  await pglite.query(
    `insert into tickets (id_hash, claim_hash, state, number, corp_id, user_id, expires_at)
     values ($1, $2, 'approved', '42', $3, 'user0001', now() + interval '1 minute')`,
    [hashSecret("a ticket"), hashSecret("its secret"), corpId],
  );
  await pglite.query("insert into spent_codes (hash, expires_at) values ('used', now() + interval '1 minute')");
  await pglite.query(
    "insert into audit_events (kind, corp_id, user_id, way_in) values ('signed_in', $1, 'user0001', 'redirect')",
    [corpId],
  );
  await pglite.close();
}

test("a database of 0.1.0 is migrated with its sessions live, and its tickets, codes and audit trail", async () => {
  await database().close();
  const dataDir = join(env().DATA_DIR, "db");
  rmSync(dataDir, { recursive: true });
  await copyEmptyDatabase(dataDir);
  await create010(dataDir);
  await openDatabase();
  expect((await findLiveSession("a session of 0.1.0"))?.session).toMatchObject({
    userId: "user0001",
    method: "redirect",
  });
  expect(await redeemTicket({ id: "a ticket", secret: "its secret" })).toMatchObject({ userId: "user0001" });
  expect(await db.select().from(consumedCodes)).toMatchObject([{ hash: "used" }]);
  expect(await db.select().from(auditEvents)).toMatchObject([{ kind: "signed_in", method: "redirect" }]);
});
