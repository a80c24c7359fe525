import { channel } from "node:diagnostics_channel";
import { resolve } from "node:path";
import { type PgDatabase, type PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema";

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** What both engines offer: the embedded database and a PostgreSQL server. */
export type Database = {
  kind: "pglite" | "postgres";
  db: Db;
  /** Receives what `notify` sends to a channel, from any process on the same database. */
  listen(channel: string, receive: (message: string) => void): Promise<unknown>;
  close(): Promise<void>;
};

export const migrationsFolder = resolve(/* turbopackIgnore: true */ process.cwd(), "lib/db/migrations");

/** Publishes the text of each statement, without its values: tests state how many a sign-in or a page costs. */
const statementChannel = channel("dingtalk-login:statement");

export const statementLogger = {
  logQuery: (text: string) => void (statementChannel.hasSubscribers && statementChannel.publish(text)),
};
