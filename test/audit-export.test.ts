import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { copyEmptyDatabase } from "./empty-database";
import { goodSettings } from "./world";

vi.setConfig({ testTimeout: 5 * 60_000 });

const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-export-"));
const file = join(folder, "audit.jsonl");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Kills the process once it has recorded so many events; returns the reasons of those that were committed. */
async function recordUntilKilled(mark: string, events: number): Promise<string[]> {
  const env = { ...process.env, ...goodSettings, DATA_DIR: folder, DATABASE_URL: "", AUDIT_EXPORT: `file:${file}` };
  const args = ["--import", "tsx", "test/audit-exporter.ts", mark, "1000000"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  for await (const part of child.stdout) {
    printed += String(part);
    if (printed.split("\n").length > events) child.kill("SIGKILL");
  }
  return printed.split("\n").slice(0, -1);
}

const lineSchema = z.object({ status_detail: z.string() });

test("S46 no event is missing from the export after the process was killed, again and again", async () => {
  await copyEmptyDatabase(join(folder, "db"));
  const committed: string[] = [];
  for (const [mark, events] of [
    ["first", 3],
    ["second", 11],
    ["third", 24],
  ] as const)
    committed.push(...(await recordUntilKilled(mark, events)));
  // The last process finds the lease of the one before it, and exports when that has ended.
  await vi.waitFor(
    async () => {
      await recordUntilKilled(`later ${Date.now()}`, 40);
      await pause(100);
      expect(committed.filter((reason) => !exported().has(reason))).toEqual([]);
    },
    { timeout: 120_000, interval: 3000 },
  );
});

function exported(): Set<string> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return new Set(lines.flatMap(readReason));
}

/** A process that was killed may leave half a line, which the next one repeats. */
function readReason(line: string): string[] {
  try {
    return [lineSchema.parse(JSON.parse(line)).status_detail];
  } catch {
    return [];
  }
}
