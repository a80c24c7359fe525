import { eq, sql } from "drizzle-orm";
import { type PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { buildEmployee } from "../test/dingtalk";
import { createWorld, withSingleton } from "../test/world";
import { recordEvent } from "./audit/events";
import { consumeOnce } from "./auth/consume-once";
import { auditEvents } from "./db/audit-schema";
import { db } from "./db/client";
import { consumedCodes, rateLimits } from "./db/expiring-schema";
import { sessions, tickets } from "./db/schema";
import { auditDays } from "./db/statistics-schema";
import { saveEmployee } from "./employees/store";
import { env } from "./env";
import { exceedsLimit } from "./http/rate-limits";
import { hashSecret } from "./secrets";
import { ownCorpId } from "./services";
import { createSession } from "./sessions/create";
import { endSessions } from "./sessions/session";
import { sweep } from "./sweep";
import { createTicket } from "./tickets/ticket";

createWorld({ AUDIT_RETENTION_DAYS: "90" });

const client = { ip: null, userAgent: null };

async function count(table: PgTable): Promise<number> {
  return db.$count(table);
}

test("S3 a consumed code is deleted once it has expired, and not before", async () => {
  await consumeOnce({ "auth code": "old" });
  await db.execute(sql`update consumed_codes set expires_at = now() - interval '1 second'`);
  await consumeOnce({ "auth code": "young" });
  await sweep();
  expect(await count(consumedCodes)).toBe(1);
  expect(await consumeOnce({ "auth code": "young" })).toEqual(new Set(["auth code"]));
});

test("S16 a ticket is deleted an hour after it expired, so that a late phone still sees why", async () => {
  const age = async (minutes: number) =>
    db.execute(sql`update tickets set expires_at = now() - make_interval(mins => ${minutes})`);
  await createTicket("secret", client);
  await age(59);
  await sweep();
  expect(await count(tickets)).toBe(1);
  await age(61);
  await sweep();
  expect(await count(tickets)).toBe(0);
});

test("S21 a session is deleted 90 days after it ended or expired, and not before", async () => {
  const openOne = () => createSession(db, { corpId: ownCorpId(), userId: "user0001", method: "frame", client });
  await saveEmployee(db, buildEmployee("user0001"));
  await openOne();
  await endSessions(db, { corpId: ownCorpId(), userId: "user0001" }, "revoked");
  await db.execute(sql`update sessions set ended_at = now() - interval '91 days'`);
  await openOne();
  await db.execute(sql`update sessions set expires_at = now() - interval '91 days' where ended_at is null`);
  await openOne();
  await endSessions(db, { corpId: ownCorpId(), userId: "user0001" }, "revoked");
  await db.execute(
    sql`update sessions set ended_at = now() - interval '89 days' where ended_at > now() - interval '1 day'`,
  );
  await openOne();
  expect(await count(sessions)).toBe(4);
  await sweep();
  expect(await count(sessions)).toBe(2);
});

test("S42 the count of a limit is deleted once its minute is over", async () => {
  await withSingleton("env", { ...env(), DATABASE_URL: "postgres://database.example" }, async () => {
    await exceedsLimit(["request by ip", "203.0.113.24"]);
  });
  await sweep();
  expect(await count(rateLimits)).toBe(1);
  await db.execute(sql`update rate_limits set expire = now() - interval '1 second'`);
  await sweep();
  expect(await count(rateLimits)).toBe(0);
});

test("S42 an audit event is deleted after AUDIT_RETENTION_DAYS, and not before", async () => {
  const record = (days: number) =>
    db.execute(
      sql`insert into audit_events (kind, corp_id, at) values ('signed_in', 'dingcorp0001', now() - make_interval(days => ${days}))`,
    );
  for (const days of [91, 91, 89]) await record(days);
  await recordEvent(db, { kind: "signed_in", corpId: ownCorpId(), client });
  await sweep();
  expect(await count(auditEvents)).toBe(2);
});

test("the sign-ins of a day are counted before its events are deleted, also after a long stop", async () => {
  await db.execute(
    sql`insert into audit_events (kind, method, corp_id, at)
        select 'signed_in', 'silent', 'dingcorp0001', now() - interval '20 days' from generate_series(1, 3)`,
  );
  await withSingleton("env", { ...env(), AUDIT_RETENTION_DAYS: 10 }, sweep);
  expect(await count(auditEvents)).toBe(0);
  expect(await db.select().from(auditDays)).toMatchObject([{ kind: "signed_in", detail: "silent", count: 3 }]);
});

test("S42 more audit events than one statement deletes are deleted in one sweep", async () => {
  await db.execute(
    sql`insert into audit_events (kind, corp_id, at)
        select 'refused', 'dingcorp0001', now() - interval '91 days' from generate_series(1, 2500)`,
  );
  await sweep();
  expect(await count(auditEvents)).toBe(0);
});

test("S42 rows that come and go do not make the embedded database larger", async () => {
  const sizeAfter = async () => {
    await db.execute(
      sql`insert into consumed_codes select md5(n::text), now() - interval '1 second' from generate_series(1, 2500) n`,
    );
    await sweep();
    const size = await db
      .select({ bytes: sql`pg_table_size('consumed_codes')`.mapWith(Number) })
      .from(sql`(select) one`);
    return size[0]?.bytes ?? Number.NaN;
  };
  const first = await sizeAfter();
  await sizeAfter();
  expect(await sizeAfter()).toBeLessThanOrEqual(first);
});

test("S24 a session past a limit is noted as ended at that limit, and a live one is not", async () => {
  await saveEmployee(db, buildEmployee("user0001"));
  for (const age of ["idle", "old", "live"]) {
    const id = await createSession(db, { corpId: ownCorpId(), userId: "user0001", method: "frame", client });
    await db
      .update(sessions)
      .set({ userAgent: age })
      .where(eq(sessions.idHash, hashSecret(id)));
  }
  await db.execute(sql`update sessions set last_seen_at = now() - interval '80 hours' where user_agent = 'idle'`);
  await db.execute(sql`update sessions set expires_at = now() - interval '2 hours' where user_agent = 'old'`);
  await sweep();
  const hoursAgo = sql`round(extract(epoch from now() - ${sessions.endedAt}) / 3600)`.mapWith(Number);
  const rows = await db.select({ age: sessions.userAgent, endReason: sessions.endReason, hoursAgo }).from(sessions);
  expect(rows.toSorted((a, b) => String(a.age).localeCompare(String(b.age)))).toEqual([
    { age: "idle", endReason: "expired", hoursAgo: 80 - env().SESSION_IDLE_HOURS },
    { age: "live", endReason: null, hoursAgo: null },
    { age: "old", endReason: "expired", hoursAgo: 2 },
  ]);
});
