import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { moment } from "./schema";

/** `paused`: it waits for an admin's decision. `cancelled`: an admin gave it up. */
export const syncStates = ["running", "paused", "done", "failed", "cancelled"] as const;
export type SyncState = (typeof syncStates)[number];

export const syncTriggers = ["admin", "schedule", "event"] as const;
export type SyncTrigger = (typeof syncTriggers)[number];

/** What DingTalk lets the app see: departments with all below them, and single people. */
export type VisibleRange = { departmentIds: number[]; userIds: string[] };

/** Each reading of the whole directory, the one under way and the former ones. */
export const syncRuns = pgTable(
  "sync_runs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    corpId: text("corp_id").notNull(),
    state: text("state").$type<SyncState>().notNull().default("running"),
    trigger: text("trigger").$type<SyncTrigger>().notNull(),
    /** The admin who started it, and the one who decided about its leavers. */
    startedBy: text("started_by"),
    decidedBy: text("decided_by"),
    startedAt: moment("started_at").notNull().defaultNow(),
    endedAt: moment("ended_at"),
    /** Why it failed: DingTalk's reason, or the kind of its error. */
    reason: text("reason"),
    /** The process that works on it, and until when it must have shown again that it does. */
    holder: text("holder").notNull(),
    leasedUntil: moment("leased_until").notNull(),
    /** Null until DingTalk has said it. */
    range: jsonb("range").$type<VisibleRange>(),
    /** How many people there were before, for the progress; null when it is not known. */
    expectedPeople: integer("expected_people"),
    people: integer("people").notNull().default(0),
    added: integer("added").notNull().default(0),
    changed: integer("changed").notNull().default(0),
    deactivated: integer("deactivated").notNull().default(0),
    outOfRange: integer("out_of_range").notNull().default(0),
    /** Entries without a readable id: with any of them, the list of people is not complete. */
    unreadable: integer("unreadable").notNull().default(0),
    calls: integer("calls").notNull().default(0),
  },
  (table) => [
    index("sync_runs_latest").on(table.corpId, table.id.desc()),
    uniqueIndex("sync_runs_one_open").on(table.corpId).where(sql`${table.state} in ('running', 'paused')`),
  ],
);

/** The departments of a run under way, and how far each was read. */
export const syncDepartments = pgTable(
  "sync_departments",
  {
    runId: bigint("run_id", { mode: "number" }).notNull(),
    departmentId: bigint("department_id", { mode: "number" }).notNull(),
    /** Where the next page of its people begins; null before the departments below it are known. */
    cursor: bigint("cursor", { mode: "number" }),
    doneAt: moment("done_at"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.departmentId] })],
);

/** Who was stored as active and is not in the lists of a run, and what DingTalk says of each. */
export const syncMissing = pgTable(
  "sync_missing",
  {
    runId: bigint("run_id", { mode: "number" }).notNull(),
    userId: text("user_id").notNull(),
    /** Null until DingTalk was asked. */
    answer: text("answer").$type<"left" | "there" | "out_of_range">(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.userId] })],
);
