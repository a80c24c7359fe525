import { date, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./schema";

/** How many sign-ins and refusals a day in Beijing had, once it is over: a month of events would be read for each view. */
export const auditDays = pgTable(
  "audit_days",
  {
    corpId: text("corp_id").notNull(),
    day: date("day").notNull(),
    kind: text("kind").notNull(),
    /** The method of sign-ins, and the reason of the others. */
    detail: text("detail").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.corpId, table.day, table.kind, table.detail] })],
);

/** How often each of DingTalk's APIs was called in an hour, and how long it took. */
export const dingtalkCalls = pgTable(
  "dingtalk_calls",
  {
    hour: moment("hour").notNull(),
    name: text("name").notNull(),
    calls: integer("calls").notNull(),
    failures: integer("failures").notNull(),
    throttled: integer("throttled").notNull(),
    /** How many calls took as long as each span of lib/calls/latency.ts says. */
    spans: integer("spans").array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.hour, table.name] })],
);
