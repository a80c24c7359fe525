import { readFileSync } from "node:fs";
import { asc, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { onBothEngines, onPostgres } from "../../test/engines";
import { createWorld, withSingleton } from "../../test/world";
import { auditChain, auditCheckpoints, auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { openPostgres } from "../db/postgres";
import { env } from "../env";
import { ownCorpId } from "../services";
import { type Fault, hashEvent, verifyTrail } from "./chain";
import { signTrail } from "./checkpoints";
import { type AuditEvent, recordEvent } from "./events";
import { deleteOldEvents } from "./retention";

const client = { ip: "198.51.100.7", userAgent: 'a browser with "quotes"' };

function record(event: Partial<AuditEvent> = {}): Promise<void> {
  return recordEvent(db, { kind: "signed_in", corpId: ownCorpId(), userId: "user0001", client, ...event });
}

async function recordMany(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await record({ reason: `event ${done + 1}` });
}

async function findFault(): Promise<Fault | null> {
  return (await db.transaction(verifyTrail)).fault;
}

const chain = () => db.select().from(auditChain).orderBy(asc(auditChain.position));

/** Inserts an event as only the owner of the tables can: without its place in the chain. */
async function insertLoose(): Promise<void> {
  await db.execute(sql`alter table audit_events disable trigger audit_events_chain`);
  await record({ reason: "invented" });
  await db.execute(sql`alter table audit_events enable trigger audit_events_chain`);
}

const edits: Record<string, (position: number) => Promise<unknown>> = {
  "another time": (position) =>
    db.execute(sql`update audit_events set at = at + interval '1 millisecond' where id = ${eventAt(position)}`),
  "another address": (position) => db.execute(sql`update audit_events set ip = null where id = ${eventAt(position)}`),
  "another count": (position) =>
    db.execute(sql`update audit_events set count = count + 1 where id = ${eventAt(position)}`),
  "another person": (position) =>
    db.execute(sql`update audit_events set user_id = 'user0002' where id = ${eventAt(position)}`),
  "fields exchanged": (position) =>
    db.execute(sql`update audit_events set actor_user_id = user_id, user_id = null where id = ${eventAt(position)}`),
  "the event deleted": (position) => db.execute(sql`delete from audit_events where id = ${eventAt(position)}`),
  "its place deleted": (position) => db.delete(auditChain).where(eq(auditChain.position, position)),
  "another hash": (position) =>
    db
      .update(auditChain)
      .set({ hash: "0".repeat(64) })
      .where(eq(auditChain.position, position)),
  "another former hash": (position) =>
    db.update(auditChain).set({ previousHash: "" }).where(eq(auditChain.position, position)),
};

function eventAt(position: number) {
  return sql`(select event_id from audit_chain where position = ${position})`;
}

onBothEngines((settings) => {
  createWorld(settings);

  test("S46 each event carries the hash of the one before, as the app computes it too", async () => {
    await recordMany(3);
    const links = await chain();
    const events = await recordedEvents();
    expect(links.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(links.map(({ previousHash }) => previousHash)).toEqual(["", links[0]?.hash, links[1]?.hash]);
    expect(events.map((event, index) => hashEvent(event, links[index] ?? { position: 0, previousHash: "" }))).toEqual(
      links.map(({ hash }) => hash),
    );
    expect(await db.transaction(verifyTrail)).toEqual({
      fault: null,
      events: 3,
      from: 1,
      upTo: 3,
      isWhole: true,
      signedUpTo: null,
    });
  });

  test("S46 an event of a transaction that is rolled back leaves no gap", async () => {
    await record();
    const failing = db.transaction(async (tx) => {
      await recordEvent(tx, { kind: "signed_out", corpId: ownCorpId(), client });
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    await record();
    expect((await chain()).map(({ position }) => position)).toEqual([1, 2]);
    expect(await findFault()).toBeNull();
  });

  test("S46 concurrent transactions have one order", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db.transaction(async (tx) => {
          for (const reason of [`${index} a`, `${index} b`])
            await recordEvent(tx, { kind: "signed_in", corpId: ownCorpId(), reason, client });
        }),
      ),
    );
    expect(await db.transaction(verifyTrail)).toMatchObject({ fault: null, events: 40 });
  });
});

describe("on the embedded database", () => {
  createWorld({ AUDIT_RETENTION_DAYS: "90" });

  test("S46 every text has the same hash in the database and in the app", async () => {
    const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\0", ""));
    await fc.assert(
      fc.asyncProperty(text, text, async (reason, userAgent) => {
        await record({ reason, client: { ip: null, userAgent } });
        expect(await findFault()).toBeNull();
      }),
      { numRuns: 60, examples: [['\u2028\u007f\b\f\t\r\n"\\/', "表情 😀 שלום\u001f"]] },
    );
  });

  test("S46 any edit of any event is found, and the first one is named", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(edits)), fc.integer({ min: 2, max: 11 })), {
          minLength: 1,
          maxLength: 3,
        }),
        async (made) => {
          for (const table of [auditEvents, auditChain, auditCheckpoints]) await db.delete(table);
          await recordMany(12);
          const latestFirst = made.toSorted(([, one], [, other]) => other - one);
          for (const [name, position] of latestFirst) await edits[name]?.(position);
          const first = Math.min(...made.map(([, position]) => position));
          expect((await findFault())?.position).toBe(first);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("S46 an event that was inserted without a place is found", async () => {
    await recordMany(2);
    await insertLoose();
    expect(await findFault()).toMatchObject({ what: "inserted", position: null, eventId: expect.any(Number) });
  });

  test("S46 a trail that was rewritten with fitting hashes contradicts its signed checkpoint", async () => {
    await recordMany(3);
    await signTrail();
    await record({ reason: "after the checkpoint" });
    await rewrite("event 2");
    expect(await findFault()).toMatchObject({ what: "changed", position: 3 });
  });

  test("S46 an end that was cut off before a signed checkpoint is missed", async () => {
    await recordMany(4);
    await signTrail();
    await db.execute(sql`delete from audit_events where id >= ${eventAt(3)}`);
    await db.execute(sql`delete from audit_chain where position >= 3`);
    expect(await findFault()).toMatchObject({ what: "removed", position: 3 });
  });

  test("S46 a checkpoint that the app did not sign is named", async () => {
    await recordMany(2);
    await signTrail();
    await db.update(auditCheckpoints).set({ hash: "0".repeat(64) });
    expect(await findFault()).toMatchObject({ what: "forged checkpoint", position: 2 });
  });

  test("S36 S46 checkpoints of the former secret count, and are signed anew while it is set", async () => {
    await recordMany(2);
    await signTrail();
    const { NEXTAUTH_SECRET: former } = env();
    const changed = { ...env(), NEXTAUTH_SECRET: "another secret of thirty-two characters" };
    await withSingleton("env", { ...changed, NEXTAUTH_SECRET_FORMER: former }, async () => {
      expect(await findFault()).toBeNull();
      await signTrail();
    });
    await withSingleton("env", changed, async () => expect(await findFault()).toBeNull());
    expect(await findFault()).toMatchObject({ what: "forged checkpoint" });
  });

  describe("S46 retention", () => {
    beforeEach(async () => {
      await recordMany(6);
      await db.execute(sql`alter table audit_events disable trigger audit_events_chain`);
      await age(4, 91);
    });

    /** The first events become so many days old, and the chain what it would be then. */
    async function age(count: number, days: number): Promise<void> {
      await db.execute(
        sql`update audit_events set at = now() - make_interval(days => ${days}) where id <= ${eventAt(count)}`,
      );
      await rehash();
      await db.execute(sql`alter table audit_events enable trigger audit_events_chain`);
    }

    test("deletes the beginning and keeps the rest provable", async () => {
      expect(await deleteOldEvents(3)).toBe(3);
      expect(await deleteOldEvents(3)).toBe(1);
      expect(await deleteOldEvents(3)).toBe(0);
      expect((await chain()).map(({ position }) => position)).toEqual([5, 6]);
      expect(await db.transaction(verifyTrail)).toMatchObject({ fault: null, events: 2, signedUpTo: { position: 4 } });
    });

    test("of all events leaves a place at which the next one continues", async () => {
      await age(6, 91);
      expect(await deleteOldEvents(100)).toBe(6);
      await record();
      expect((await chain()).map(({ position }) => position)).toEqual([7]);
      expect(await findFault()).toBeNull();
    });

    test("cannot be imitated: a beginning without a signed checkpoint is missed", async () => {
      await deleteOldEvents(2);
      await db.execute(sql`delete from audit_events where id = ${eventAt(3)}`);
      await db.execute(sql`delete from audit_chain where position = 3`);
      expect(await findFault()).toMatchObject({ what: "removed", position: 3 });
      await db.delete(auditCheckpoints);
      expect(await findFault()).toMatchObject({ what: "removed", position: 1 });
    });

    test("deletes no event of the last day, whatever the checkpoint says", async () => {
      await db.insert(auditCheckpoints).values({ position: 6, hash: "", kind: "retention", signature: "" });
      await expect(db.execute(sql`select delete_audit_events(6)`)).rejects.toThrow();
      await expect(db.execute(sql`select delete_audit_events(4)`)).rejects.toThrow();
      expect(await db.$count(auditEvents)).toBe(6);
    });
  });

  async function rewrite(reason: string): Promise<void> {
    await db.execute(sql`update audit_events set reason = 'nothing happened' where reason = ${reason}`);
    await rehash();
  }

  /** What a person could do who can write to the database, but has no secret of the app. */
  async function rehash(): Promise<void> {
    let previousHash = "";
    for (const { position, eventId } of await chain()) {
      const [event] = await recordedEvents(eq(auditEvents.id, eventId));
      if (!event) throw new Error("no such event");
      const hash = hashEvent(event, { position, previousHash });
      await db.update(auditChain).set({ previousHash, hash }).where(eq(auditChain.position, position));
      previousHash = hash;
    }
  }
});

onPostgres((settings) => {
  createWorld(settings);

  /** What docs/deploy.md grants to the role of the app, where another role owns the tables. */
  const grants = readFileSync("docs/deploy.md", "utf8").match(/```sql\n([^`]+)```/)?.[1] ?? "";

  test("S46 the app's own role can add events, and neither change nor delete any", async () => {
    await recordMany(2);
    await db.execute(sql`create role login_app login`);
    const url = new URL(settings.DATABASE_URL);
    await db.execute(sql.raw(grants.replaceAll("DATABASE login", `DATABASE ${url.pathname.slice(1)}`)));
    url.username = "login_app";
    const app = await openPostgres(url.href);
    await recordEvent(app.db, { kind: "signed_out", corpId: ownCorpId(), client });
    for (const statement of [
      sql`update audit_events set reason = 'changed'`,
      sql`delete from audit_events`,
      sql`truncate audit_events`,
      sql`insert into audit_chain values (9, 9, '', '')`,
      sql`update audit_chain set hash = ''`,
      sql`alter table audit_events disable trigger all`,
    ])
      await expect(app.db.execute(statement)).rejects.toMatchObject({ cause: { code: "42501" } });
    expect(await app.db.transaction(verifyTrail)).toMatchObject({ fault: null, events: 3 });
    await withSingleton("database", { database: app }, async () => {
      await signTrail();
      expect(await deleteOldEvents(10)).toBe(0);
    });
    await app.close();
  });
});
