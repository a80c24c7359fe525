import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { moment } from "./schema";

/** Codes and states that were used here, as hashes, until they would have expired anyway. */
export const consumedCodes = pgTable(
  "consumed_codes",
  { hash: text("hash").primaryKey(), expiresAt: moment("expires_at").notNull() },
  (table) => [index("consumed_codes_expiry").on(table.expiresAt)],
);

/** The columns that rate-limiter-flexible requires. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text("key").primaryKey(),
    points: integer("points").notNull(),
    expire: timestamp("expire", { withTimezone: true }),
  },
  (table) => [index("rate_limits_expiry").on(table.expire)],
);
