import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./schema";

/** What DingTalk pushed, until it is done, and for some days longer to recognise a repetition. */
export const dingtalkEvents = pgTable(
  "dingtalk_events",
  {
    id: text("id").primaryKey(),
    type: text("type").notNull(),
    corpId: text("corp_id").notNull(),
    userIds: jsonb("user_ids").$type<string[]>().notNull(),
    departmentIds: jsonb("department_ids").$type<number[]>().notNull(),
    bornAt: moment("born_at").notNull(),
    receivedAt: moment("received_at").notNull().defaultNow(),
    /** When it is worked on next; while a process works on it, when that must be done. */
    dueAt: moment("due_at").notNull().defaultNow(),
    attempts: integer("attempts").notNull().default(0),
    doneAt: moment("done_at"),
  },
  (table) => [
    index("dingtalk_events_due").on(table.bornAt).where(sql`${table.doneAt} is null`),
    index("dingtalk_events_received").on(table.receivedAt),
  ],
);

/** What is looked up at DingTalk once per interval by all processes together, and up to when it was. */
export const lookUps = pgTable("look_ups", {
  name: text("name").primaryKey(),
  upTo: moment("up_to").notNull(),
  dueAt: moment("due_at").notNull(),
});
