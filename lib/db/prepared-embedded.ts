import { type PGlite, parse, protocol, type QueryOptions, type Transaction } from "@electric-sql/pglite";

type Messages = Awaited<ReturnType<PGlite["execProtocolStream"]>>;

/** A statement that the database has parsed, under a name of ours. `description`: the messages that describe its rows. */
type Statement = { name: string; parameterTypes: number[]; description: Messages };

type Kept = {
  pglite: PGlite;
  /** By their text, the least recently used first. */
  statements: Map<string, Statement>;
  /** The names that are still to be closed. */
  unneeded: string[];
  made: number;
  /** The rows written so far, and how many of them make all plans anew. */
  written: number;
  planAgainAt: number;
};

/** Some 20 kB each. The app has about 100 texts, a list of ids of each length included. */
const maxKept = 200;
/** Rows whose number does not matter to a plan. */
const fewRows = 500;
const preparable = /^\s*(?:select|insert|update|delete|with)\s/i;

type Query = { text: string; parameters: unknown[]; options?: QueryOptions | undefined };

/**
 * Makes `query` and `transaction` of this database prepare each statement once and keep it by name. PGlite itself parses and
 * plans every statement anew, in six calls into WebAssembly; here it is one call, which binds and executes. Results, errors,
 * notifications and the order of concurrent callers are PGlite's own.
 */
export function keepPrepared(pglite: PGlite): void {
  const kept = { pglite, statements: new Map(), unneeded: [], made: 0, written: 0, planAgainAt: fewRows };
  const query = pglite.query.bind(pglite);
  const transaction = pglite.transaction.bind(pglite);
  Object.assign(pglite, {
    query(text: string, parameters: unknown[] = [], options?: QueryOptions) {
      if (!preparable.test(text)) return query(text, parameters, options).finally(() => forgetAll(kept));
      return pglite._runExclusiveTransaction(() => run(kept, { text, parameters, options }));
    },
    transaction: <T>(work: (tx: Transaction) => Promise<T>) => transaction((tx) => work(within(kept, tx))),
  });
}

/** The same inside a transaction, which holds PGlite's lock already. */
function within(kept: Kept, tx: Transaction): Transaction {
  const query = tx.query.bind(tx);
  return Object.assign(tx, {
    query(text: string, parameters: unknown[] = [], options?: QueryOptions) {
      if (tx.closed || !preparable.test(text)) {
        return query(text, parameters, options).finally(() => forgetAll(kept));
      }
      return run(kept, { text, parameters, options });
    },
  });
}

/** Binds and executes a statement. An error of the database leaves the connection ready: the message ends with a sync. */
async function run(kept: Kept, { text, parameters, options }: Query) {
  const { pglite } = kept;
  return pglite.runExclusive(async () => {
    await pglite._checkReady();
    const { name, parameterTypes, description } = use(kept, text) ?? (await prepare(kept, text));
    const values = parameters.map((value, index) => serialize(pglite, value, parameterTypes[index]));
    const { bind, execute } = protocol.serialize;
    const messages = await send(pglite, [bind({ statement: name, values }), execute()]);
    if (!messages.some((message) => message.name === "commandComplete"))
      throw new Error("The database did not answer.");
    const [result] = parse.parseResults([...description, ...messages], pglite.parsers, options);
    noteWritten(kept, result?.affectedRows ?? 0);
    return result;
  });
}

/** As PGlite serialises them: by the type that the statement gives the parameter. */
function serialize({ serializers }: PGlite, value: unknown, type: number | undefined): string | null {
  if (value === null || value === undefined) return null;
  const serializer = type === undefined ? undefined : serializers[type];
  return serializer ? serializer(value) : String(value);
}

/** A statement that is kept, which is the most recently used one from now on. */
function use({ statements }: Kept, text: string): Statement | null {
  const statement = statements.get(text);
  if (!statement) return null;
  statements.delete(text);
  statements.set(text, statement);
  return statement;
}

/** Parses and describes a statement; throws what the database says of its text. */
async function prepare(kept: Kept, text: string): Promise<Statement> {
  const { pglite, statements, unneeded } = kept;
  if (statements.size >= maxKept) forget(kept, statements.keys().next().value);
  const { close, parse: parseText, describe } = protocol.serialize;
  const closings = unneeded.splice(0).map((name) => close({ type: "S", name }));
  kept.made += 1;
  const name = `kept_${kept.made}`;
  const messages = await send(pglite, [...closings, parseText({ name, text }), describe({ type: "S", name })]);
  const parameterTypes = parse.parseDescribeStatementResults(messages);
  const description = messages.filter((message) => message.name === "rowDescription");
  const statement = { name, parameterTypes, description };
  statements.set(text, statement);
  return statement;
}

function forget({ statements, unneeded }: Kept, text: string | undefined): void {
  const statement = statements.get(text ?? "");
  if (statement) unneeded.push(statement.name);
  statements.delete(text ?? "");
}

/**
 * The embedded database gathers no statistics by itself, so nothing tells it to replace a plan from when a table was small:
 * it would read the whole table for ever. All plans are made anew each time that the rows written have doubled.
 */
function noteWritten(kept: Kept, rows: number): void {
  kept.written += rows;
  if (kept.written < kept.planAgainAt) return;
  kept.planAgainAt = kept.written * 2;
  forgetAll(kept);
}

/** After any other statement: it may have changed a table, and with it what a kept statement returns. */
function forgetAll(kept: Kept): void {
  for (const text of [...kept.statements.keys()]) forget(kept, text);
}

async function send(pglite: PGlite, messages: Uint8Array[]): Promise<Messages> {
  return pglite.execProtocolStream(Buffer.concat([...messages, protocol.serialize.sync()]), { syncToFs: true });
}
