import { type SQL, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { type SignInMethod } from "../sign-in-method";

/** The states of a ticket; lib/tickets/lifecycle.ts has the transitions. */
export const ticketStates = ["waiting", "scanned", "approved", "used", "declined", "expired", "cancelled"] as const;
export type TicketState = (typeof ticketStates)[number];

/** Milliseconds, as in JavaScript: with a finer time in the database, a page key would not equal the row it comes from. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/**
 * Sorts a time in descending order by an ascending expression; no time is the earliest one. Lists use the same expression as
 * the index, because PostgreSQL compares them as they are written.
 */
export function latestFirst(time: AnyPgColumn): SQL {
  return sql`coalesce('epoch'::timestamptz - ${time}, interval '0')`;
}

/** The userId of an employee's manager. Statements use the same expression as the index. */
export function managerOf(details: AnyPgColumn): SQL {
  return sql`(${details} ->> 'managerUserId')`;
}

export const employees = pgTable(
  "employees",
  {
    corpId: text("corp_id").notNull(),
    userId: text("user_id").notNull(),
    unionId: text("union_id").notNull(),
    name: text("name").notNull(),
    active: boolean("active").notNull(),
    /** What finds an employee, and what sorts one by name; lib/search/terms.ts makes them, in this version. */
    searchText: text("search_text").notNull(),
    searchKeys: text("search_keys").array().notNull().default(sql`'{}'`),
    nameKey: text("name_key").notNull().default(""),
    searchVersion: integer("search_version").notNull().default(0),
    /** Parts of the details that lists filter by. `isAdmin` is DingTalk's word; ADMIN_USER_IDS is not in it. */
    departmentIds: bigint("department_ids", { mode: "number" }).array().notNull().default(sql`'{}'`),
    isAdmin: boolean("is_admin").notNull().default(false),
    isLeader: boolean("is_leader").notNull().default(false),
    details: jsonb("details").notNull(),
    fetchedAt: moment("fetched_at").notNull().defaultNow(),
    lastSignedInAt: moment("last_signed_in_at"),
    /** The last sync in which DingTalk listed the employee; and whether the app may see the employee at all, as far as is known. */
    seenInSync: bigint("seen_in_sync", { mode: "number" }),
    isInRange: boolean("is_in_range").notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.corpId, table.userId] }),
    index("employees_union_id").on(table.corpId, table.unionId),
    // Every column ascends, so that the position of a page is one comparison of rows, which this index answers.
    index("employees_latest_first").on(table.corpId, latestFirst(table.lastSignedInAt), table.userId),
    index("employees_by_name").on(table.corpId, sql`${table.nameKey} collate "C"`, table.userId),
    index("employees_search_text").using("gin", sql`${table.searchText} gin_trgm_ops`),
    index("employees_search_keys").using("gin", table.searchKeys),
    index("employees_departments").using("gin", table.departmentIds),
    // Both are few among many.
    index("employees_admins").on(table.corpId, table.userId).where(sql`${table.isAdmin}`),
    index("employees_inactive").on(table.corpId, table.userId).where(sql`not ${table.active}`),
    index("employees_manager").on(table.corpId, managerOf(table.details), table.userId).where(sql`${table.active}`),
  ],
);

export const departments = pgTable(
  "departments",
  {
    corpId: text("corp_id").notNull(),
    id: bigint("id", { mode: "number" }).notNull(),
    name: text("name").notNull(),
    parentId: bigint("parent_id", { mode: "number" }),
    /** The place among the departments of the same parent, as DingTalk lists them; null before the first sync. */
    position: integer("position"),
    fetchedAt: moment("fetched_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.corpId, table.id] })],
);

export const sessions = pgTable(
  "sessions",
  {
    idHash: text("id_hash").primaryKey(),
    corpId: text("corp_id").notNull(),
    userId: text("user_id").notNull(),
    method: text("method").$type<SignInMethod>().notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    /** The client info of the phone that approved a ticket; null for the other methods. */
    approvedIp: text("approved_ip"),
    approvedUserAgent: text("approved_user_agent"),
    startedAt: moment("started_at").notNull().defaultNow(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    endedAt: moment("ended_at"),
    endReason: text("end_reason"),
    /** Whether the browser or the network was not seen with this employee before, and when the employee confirmed it. */
    isNewDevice: boolean("is_new_device").notNull().default(false),
    reviewedAt: moment("reviewed_at"),
  },
  (table) => [
    // Ascending, so that the position of a page is one comparison of rows; lists read it backwards.
    index("sessions_employee").on(table.corpId, table.userId, table.startedAt, table.idHash),
    // Most sessions have ended, and the company's list shows the others.
    index("sessions_open").on(table.corpId, table.startedAt, table.idHash).where(sql`${table.endedAt} is null`),
    index("sessions_ended").on(table.endedAt).where(sql`${table.endedAt} is not null`),
  ],
);

/** Stores only hashes: of the id that the QR code shows, and of the ticket secret that the opening browser has. */
export const tickets = pgTable(
  "tickets",
  {
    idHash: text("id_hash").primaryKey(),
    secretHash: text("secret_hash").notNull(),
    state: text("state").$type<TicketState>().notNull().default("waiting"),
    number: text("number").notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    openedAt: moment("opened_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    corpId: text("corp_id").notNull(),
    userId: text("user_id"),
    phoneIp: text("phone_ip"),
    phoneUserAgent: text("phone_user_agent"),
  },
  (table) => [index("tickets_secret").on(table.secretHash), index("tickets_expiry").on(table.expiresAt)],
);
