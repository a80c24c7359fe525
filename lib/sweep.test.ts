import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { buildEmployee } from "../test/dingtalk";
import { createWorld } from "../test/world";
import { consumeOnce } from "./auth/consume-once";
import { db } from "./db/client";
import { consumedCodes, sessions, tickets } from "./db/schema";
import { saveEmployee } from "./employees/store";
import { ownCorpId } from "./services";
import { createSession, endSessions } from "./sessions/session";
import { sweep } from "./sweep";
import { createTicket } from "./tickets/ticket";

createWorld();

const client = { ip: null, userAgent: null };

async function count(table: typeof consumedCodes | typeof tickets | typeof sessions): Promise<number> {
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
