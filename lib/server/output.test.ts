import { DrizzleQueryError } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemoryLog } from "../../test/log";
import { captureOutput } from "./output";

const secret = "13800000001";
const consoleBefore = { ...console };
const writes = { out: process.stdout.write, err: process.stderr.write };
const warningListeners = process.listeners("warning");
let lines: string[] = [];

beforeEach(() => {
  const memory = createMemoryLog();
  lines = memory.lines;
  globalThis.singletons = new Map([["log", memory.log]]);
  captureOutput();
});

afterEach(() => {
  Object.assign(console, consoleBefore);
  Object.assign(process.stdout, { write: writes.out });
  Object.assign(process.stderr, { write: writes.err });
  process.removeAllListeners("warning");
  for (const listener of warningListeners) process.on("warning", listener);
});

function printed(): Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line));
}

test("S43 an error that the framework prints is one line, without the statement's parameters", () => {
  const error = Object.assign(new DrizzleQueryError("insert into employees values ($1)", [secret]), { digest: "42" });
  // biome-ignore lint/suspicious/noConsole: the console is the subject.
  console.error(" ⨯", error);
  expect(printed()).toMatchObject([
    { level: 50, err: { type: "Error", message: expect.stringContaining("insert into employees"), digest: "42" } },
  ]);
  expect(lines.join()).not.toContain(secret);
});

test("S43 a text is one line of JSON, and only its first line is logged", () => {
  process.stderr.write(`\u001b[31m⨯\u001b[39m Failed query: select 1\nparams: ${secret}\n`);
  process.stdout.write(Buffer.from('{"level":30}\r\n{"msg":"FORGED"}\n'));
  expect(printed()).toMatchObject([
    { level: 40, msg: "Failed query: select 1" },
    { level: 30, msg: '{"level":30}' },
  ]);
});

test("S43 a value that is neither a text nor an error is not logged", () => {
  // biome-ignore lint/suspicious/noConsole: the console is the subject.
  console.log({ mobile: secret }, [secret]);
  // biome-ignore lint/suspicious/noConsole: the console is the subject.
  console.warn("a profile", { mobile: secret });
  expect(printed()).toMatchObject([{ level: 40, msg: "a profile" }]);
  expect(lines.join()).not.toContain(secret);
});

test("S42 a request that its client broke off is not an error of the app", () => {
  // biome-ignore lint/suspicious/noConsole: the console is the subject.
  console.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
  expect(printed()).toMatchObject([{ level: 20 }]);
});

test("S43 a warning of Node is one line", () => {
  process.emit("warning", Object.assign(new Error("old\nAPI"), { name: "DeprecationWarning" }));
  expect(printed()).toMatchObject([{ level: 40, err: { type: "DeprecationWarning" } }]);
});

test("the writer of a stream calls its callback", async () => {
  await new Promise<void>((resolve) => process.stdout.write("text", "utf8", () => resolve()));
  expect(printed()).toMatchObject([{ msg: "text" }]);
});
