import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { type List } from "../db/page";
import { readPageKey, readTextKey, writePageKey, writeTextKey } from "../db/page-key";
import { employees, latestFirst } from "../db/schema";
import { type ListedEmployee, selectListed } from "./row";

export type Sort = "recent" | "name";

/** `readKey` returns the values of the key's row in the columns of the order. */
type Order = { by: SQL; readKey: (value: string | null) => SQL | null; keyOf: (row: ListedEmployee) => string };

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

type Found = { corpId: string; matching: SQL | undefined; isFew: boolean };

/** The employees whom a condition finds, in one of the orders, for pages. `isFew`: they are collected before they are sorted. */
export function inOrder({ corpId, matching, isFew }: Found, sort: Sort): List<SQL, ListedEmployee> {
  const { by, ...keys } = orders[sort];
  return {
    pageSize,
    ...keys,
    read({ key, isBackwards, limit }) {
      const direction = isBackwards ? desc : asc;
      const beyond = and(matching, key === null ? undefined : isBeyond({ by, key, isBackwards }));
      const order = sql`${direction(by)}, ${direction(employees.userId)}`;
      const isOnPage = sql`${employees.userId} = any(array(${sortFew({ matching: beyond, order, limit })}))`;
      return selectListed()
        .where(isFew ? and(eq(employees.corpId, corpId), isOnPage) : beyond)
        .orderBy(order)
        .limit(limit);
    },
  };
}

type Few = { matching: SQL | undefined; order: SQL; limit: number };

/**
 * The first userIds of few employees. PostgreSQL cannot tell how many have a rare text in them, and would read the whole company in the
 * order of the list until a page is full; `offset 0` keeps it from seeing the order before it has found them.
 */
function sortFew({ matching, order, limit }: Few): SQL {
  const few = sql`select * from ${employees} where ${matching} offset 0`;
  return sql`select ${employees.userId} from (${few}) as ${employees} order by ${order} limit ${limit}`;
}

type Bound = { by: SQL; key: SQL; isBackwards: boolean };

/** A comparison of rows is a condition of the index, so that a page in the middle costs as little as the first one. */
function isBeyond({ by, key, isBackwards }: Bound): SQL {
  const row = sql`(${by}, ${employees.userId})`;
  return isBackwards ? sql`${row} < ${key}` : sql`${row} > ${key}`;
}
