import { stripVTControlCharacters } from "node:util";
import { log } from "../log";

type Level = "debug" | "info" | "warn" | "error";

/** What a console's method is worth in the log. */
const levels = {
  debug: "debug",
  trace: "debug",
  log: "info",
  info: "info",
  dir: "info",
  warn: "warn",
  error: "error",
} as const;

const maxLength = 300;

/**
 * Leads everything that the framework and Node print into the log: one line of JSON per event (S43). Of an error the log
 * takes what is free of personal data, of a text its first line, and of any other value nothing.
 */
export function captureOutput(): void {
  for (const [method, level] of Object.entries(levels))
    Object.assign(console, { [method]: (...values: unknown[]) => record(level, values) });
  Object.assign(process.stdout, { write: writer("info") });
  Object.assign(process.stderr, { write: writer("warn") });
  // Node's own listener prints. Next's for uncaught errors use the console.
  process.removeAllListeners("warning");
  process.on("warning", (err) => log().warn({ err }, "warning of Node"));
}

function record(level: Level, values: unknown[]): void {
  const err = values.find((value) => value instanceof Error);
  const text = values.filter((value) => typeof value === "string").map(firstLine);
  const msg = text.filter(Boolean).join(" ");
  if (err || msg) log()[isAborted(err) ? "debug" : level](err ? { err } : {}, msg || "printed");
}

/** The client went away before its request was complete: no fault of ours, and a stranger could fill the log with it. (S42) */
function isAborted(err: Error | undefined): boolean {
  return err?.message === "aborted" && "code" in err && err.code === "ECONNRESET";
}

/** A stream's `write`, which may be given bytes and, last, a function to call when it is done. */
function writer(level: Level) {
  return (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    record(level, [typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()]);
    const done = rest.at(-1);
    if (typeof done === "function") done();
    return true;
  };
}

/** Further lines may quote the values of a statement. */
function firstLine(text: string): string {
  const [line = ""] = stripVTControlCharacters(text)
    .trim()
    .split(/\r?\n|\r/);
  return line.replace(/^[\s⨯⚠✓▲○»]+/u, "").slice(0, maxLength);
}
