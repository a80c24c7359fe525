import { type Sql, type TransactionSql } from "postgres";

/** Each connection of the pool keeps them until it ends, on both sides. */
const maxKept = 300;

type Preparing = Pick<Sql, "unsafe">;

/**
 * Makes this pool prepare each statement once per connection. Drizzle asks postgres.js for an unnamed statement each time,
 * which costs a second round trip and a new plan. Statements beyond the limit stay unnamed, because postgres.js closes none.
 */
export function keepPrepared(pool: Sql): void {
  const kept = new Set<string>();
  const begin = pool.begin.bind(pool);
  prepareOn(pool, kept);
  Object.assign(pool, {
    begin: <T>(work: (tx: TransactionSql) => Promise<T>) => begin((tx) => work(prepareWithin(tx, kept))),
  });
}

function prepareWithin(tx: TransactionSql, kept: Set<string>): TransactionSql {
  const savepoint = tx.savepoint.bind(tx);
  prepareOn(tx, kept);
  return Object.assign(tx, {
    savepoint: <T>(work: (tx: TransactionSql) => Promise<T>) => savepoint((inner) => work(prepareWithin(inner, kept))),
  });
}

function prepareOn(connection: Preparing, kept: Set<string>): void {
  const { unsafe } = connection;
  const replacement: Preparing["unsafe"] = (text, parameters, options) => {
    if (kept.size < maxKept) kept.add(text);
    return unsafe(text, parameters, { ...options, prepare: kept.has(text) });
  };
  connection.unsafe = replacement;
}
