import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type SignInMethod } from "../sign-in-method";
import { moment } from "./schema";

/** What happened, append-only. docs/audit.md says what each column holds. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment("at").notNull().defaultNow(),
    kind: text("kind").notNull(),
    corpId: text("corp_id").notNull(),
    userId: text("user_id"),
    actorUserId: text("actor_user_id"),
    method: text("method").$type<SignInMethod>(),
    reason: text("reason"),
    reference: text("reference"),
    ip: text("ip"),
    userAgent: text("user_agent"),
    /** The request that caused the event, as the log lines name it; and DingTalk's own id of the call that decided. */
    requestId: text("request_id"),
    dingtalkRequestId: text("dingtalk_request_id"),
    /** How many events of one kind and one address a row stands for: repeated refusals are summarised. */
    count: integer("count").notNull().default(1),
  },
  (table) => [
    // Every column ascends, so that the position of a page is one comparison of rows; lists read them backwards.
    index("audit_events_latest").on(table.corpId, table.at, table.id),
    index("audit_events_kind").on(table.corpId, table.kind, table.at, table.id),
    index("audit_events_about")
      .on(table.corpId, table.userId, table.at, table.id)
      .where(sql`${table.userId} is not null`),
    index("audit_events_by")
      .on(table.corpId, table.actorUserId, table.at, table.id)
      .where(sql`${table.actorUserId} is not null`),
    index("audit_events_reference").on(table.corpId, table.reference).where(sql`${table.reference} is not null`),
    // lib/audit/admins.ts looks for a few of these at each start.
    index("audit_events_settings").on(table.corpId, table.userId, table.id).where(sql`${table.reason} = 'settings'`),
  ],
);

/**
 * The order of the audit events and the hash of each, which covers the event and the hash before it: no event can be changed,
 * removed or inserted without a trace (S46). Written by a trigger when the transaction of an event commits.
 */
export const auditChain = pgTable(
  "audit_chain",
  {
    position: bigint("position", { mode: "number" }).primaryKey(),
    eventId: bigint("event_id", { mode: "number" }).notNull(),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [uniqueIndex("audit_chain_event").on(table.eventId)],
);

/** How far the trail was exported, for each place to which it ever was, and which process does it at the moment. */
export const auditExports = pgTable("audit_exports", {
  target: text("target").primaryKey(),
  position: bigint("position", { mode: "number" }).notNull().default(0),
  holder: text("holder").notNull(),
  leasedUntil: moment("leased_until").notNull(),
});

/** What the chain was at a moment, signed with a secret that is not in the database. */
export const auditCheckpoints = pgTable("audit_checkpoints", {
  position: bigint("position", { mode: "number" }).primaryKey(),
  hash: text("hash").notNull(),
  /** `retention`: the events up to this one were deleted, because they were older than they are kept. */
  kind: text("kind").$type<"periodic" | "retention">().notNull(),
  at: moment("at").notNull().defaultNow(),
  signature: text("signature").notNull(),
});
