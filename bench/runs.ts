import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";
import { spreadSchema } from "./statistics";

const line = z.array(z.tuple([z.number(), z.number()]));

/**
 * What a measure found. A goal judges `value`; `parts` are the measurements that it comes from, by whose they are; `lines` are
 * points of a plot.
 */
const foundSchema = z.object({
  value: z.number(),
  parts: z.record(z.string(), spreadSchema).optional(),
  lines: z.record(z.string(), line).optional(),
  note: z.string().optional(),
});

/** One run on one database engine. `failed` are the measures that could not be made, with the reason. */
const runSchema = z.object({
  at: z.iso.datetime(),
  commit: z.string().nullable(),
  database: z.enum(["embedded", "postgres"]),
  machine: z.object({ cores: z.number(), node: z.string(), platform: z.string() }),
  seconds: z.number(),
  figures: z.record(z.string(), foundSchema),
  failed: z.record(z.string(), z.string()),
  note: z.string().optional(),
});

export type Found = z.infer<typeof foundSchema>;
export type Run = z.infer<typeof runSchema>;
export type DatabaseName = Run["database"];

const runsFolder = "bench/results";

export function createRun(database: DatabaseName): Run {
  const machine = { cores: availableParallelism(), node: process.versions.node, platform: process.platform };
  return { at: new Date().toISOString(), commit: readCommit(), database, machine, seconds: 0, figures: {}, failed: {} };
}

/** Adds a run to the kept ones and returns its file. No run replaces another. */
export function keepRun(run: Run): string {
  mkdirSync(runsFolder, { recursive: true });
  const file = path.join(runsFolder, `${run.at.slice(0, 19).replaceAll(":", "-")}-${run.database}.json`);
  writeFileSync(file, `${JSON.stringify(run, round, 1)}\n`, { flag: "wx" });
  return file;
}

/** Reads every kept run, oldest first. */
export function readRuns(folder = runsFolder): Run[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const runs = files.map((name) => runSchema.parse(JSON.parse(readFileSync(path.join(folder, name), "utf8"))));
  return runs.toSorted((a, b) => a.at.localeCompare(b.at));
}

/** Microseconds and bytes are below every measurement's noise. */
function round(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toFixed(3)) : value;
}

/** A copy of the project without its history has no commit. */
function readCommit(): string | null {
  try {
    const git = (...words: string[]) => execFileSync("git", words, { encoding: "utf8", stdio: "pipe" }).trim();
    const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
    return git("rev-parse", "--short", "HEAD") + (isChanged ? " with changes" : "");
  } catch {
    return null;
  }
}
