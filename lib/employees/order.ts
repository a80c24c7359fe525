import { and, asc, desc, type SQL, sql } from "drizzle-orm";
import { db } from "../db/client";
import { type List } from "../db/page";
import { readPageKey, readTextKey, writePageKey, writeTextKey } from "../db/page-key";
import { employees, latestFirst } from "../db/schema";

export type Sort = "recent" | "name";

type Row = typeof employees.$inferSelect;
/** `readKey` returns the values of the key's row in the columns of the order. */
type Order = { by: SQL; readKey: (value: string | null) => SQL | null; keyOf: (row: Row) => string };

const pageSize = 50;

const orders: Record<Sort, Order> = {
  recent: {
    /** Employees who never signed in sort last. */
    by: latestFirst(employees.lastSignedInAt),
    readKey(value) {
      const key = readPageKey(value);
      if (!key) return null;
      // An SQL expression does not encode its parameters, and the PostgreSQL driver does not accept a Date.
      const seen = sql.param(key.at, employees.lastSignedInAt);
      return sql`('epoch'::timestamptz - ${seen}::timestamptz, ${key.id})`;
    },
    keyOf: ({ lastSignedInAt, userId }) => writePageKey({ at: lastSignedInAt ?? new Date(0), id: userId }),
  },
  name: {
    by: sql`${employees.nameKey} collate "C"`,
    readKey(value) {
      const key = readTextKey(value);
      return key && sql`(${key.text}, ${key.id})`;
    },
    keyOf: ({ nameKey, userId }) => writeTextKey({ text: nameKey, id: userId }),
  },
};

/** The employees whom a condition finds, in one of the orders, for pages. */
export function inOrder(matching: SQL | undefined, sort: Sort): List<SQL, Row> {
  const { by, ...keys } = orders[sort];
  return {
    pageSize,
    ...keys,
    read({ key, isBackwards, limit }) {
      const direction = isBackwards ? desc : asc;
      return db
        .select()
        .from(employees)
        .where(and(matching, key === null ? undefined : isBeyond({ by, key, isBackwards })))
        .orderBy(direction(by), direction(employees.userId))
        .limit(limit);
    },
  };
}

type Bound = { by: SQL; key: SQL; isBackwards: boolean };

/** A comparison of rows is a condition of the index, so that a page in the middle costs as little as the first one. */
function isBeyond({ by, key, isBackwards }: Bound): SQL {
  const row = sql`(${by}, ${employees.userId})`;
  return isBackwards ? sql`${row} < ${key}` : sql`${row} > ${key}`;
}
