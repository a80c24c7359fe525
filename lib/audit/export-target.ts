import { type FileHandle, open } from "node:fs/promises";
import pino from "pino";
import { syncName } from "../db/sync";
import { type Env } from "../env";

/** Writes lines to where AUDIT_EXPORT says. When it resolves, they have arrived: on disk, or accepted by the server. */
export type ExportTarget = (lines: string[]) => Promise<void>;

const timeoutMs = 10_000;

type Settings = Pick<Env, "AUDIT_EXPORT" | "AUDIT_EXPORT_TOKEN">;

/** Where the audit trail is exported to; null when the setting is `off`. */
export function createExportTarget({ AUDIT_EXPORT: target, AUDIT_EXPORT_TOKEN: token }: Settings): ExportTarget | null {
  if (target === "off") return null;
  if (target === "stdout") return toStandardOutput;
  if (target.startsWith("file:")) return (lines) => appendToFile(target.slice("file:".length), lines);
  return (lines) => post(target, token, lines);
}

/** Between the lines of the log, and like them written to the file descriptor. (S43) */
async function toStandardOutput(lines: string[]): Promise<void> {
  const output = pino.destination({ dest: 1, sync: true });
  output.write(toText(lines));
  output.flushSync();
}

async function appendToFile(path: string, lines: string[]): Promise<void> {
  const file = await open(path, "a+", 0o600);
  try {
    await file.appendFile((await endsWithinLine(file)) ? `\n${toText(lines)}` : toText(lines));
    await file.sync();
  } finally {
    await file.close();
  }
  syncName(path);
}

/** A process that was killed may leave half a line; it is repeated whole, on a line of its own. */
async function endsWithinLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== "\n";
}

/** Redirects are not followed: they would carry the events and the token to another server. */
async function post(url: string, token: string | null, lines: string[]): Promise<void> {
  const authorization = token === null ? undefined : { authorization: `Bearer ${token}` };
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson", ...authorization },
    body: toText(lines),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the receiver of the audit trail answered ${response.status}`);
}

function toText(lines: string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
