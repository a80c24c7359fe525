import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { z } from "zod";
import { migrationsFolder } from "../lib/db/database";
import { givenSettings, readSettings } from "./settings.mjs";

/** Runs a command with the app's settings: the environment, then .env. Its result is the exit code; an error is printed. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  Object.assign(process.env, { ...readSettings(".env"), ...givenSettings() });
  try {
    process.exitCode = await command();
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}

/** Drizzle's own message is the statement with the rows in it; the reason is the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.startsWith("Failed query") ? `The database refused: ${describe(error.cause)}` : error.message;
}

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() }).loose()) }).loose();

/** Passes a folder with the migrations of these hashes only, to make the tables of an earlier release. */
export async function withMigrations(hashes: string[], use: (folder: string) => Promise<void>): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash);
  if (String(known.slice(0, hashes.length)) !== String(hashes))
    throw new Error("The dump is of a newer release of this app, or of another one. Update the app first.");
  const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-migrations-"));
  try {
    cpSync(migrationsFolder, folder, { recursive: true });
    const journalFile = join(folder, "meta/_journal.json");
    const journal = journalSchema.parse(JSON.parse(readFileSync(journalFile, "utf8")));
    const entries = journal.entries.slice(0, hashes.length);
    writeFileSync(journalFile, JSON.stringify({ ...journal, entries }));
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
