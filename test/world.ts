import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { auditChain, auditCheckpoints, auditEvents, auditExports } from "../lib/db/audit-schema";
import { database, db, openDatabase } from "../lib/db/client";
import { dingtalkEvents, lookUps } from "../lib/db/events-schema";
import { consumedCodes, rateLimits } from "../lib/db/expiring-schema";
import { departments, employees, sessions, tickets } from "../lib/db/schema";
import { auditDays, dingtalkCalls } from "../lib/db/statistics-schema";
import { syncDepartments, syncMissing, syncRuns } from "../lib/db/sync-schema";
import { env } from "../lib/env";
import { createFakeDingTalk } from "./dingtalk";
import { copyEmptyDatabase } from "./empty-database";
import { createMemoryLog } from "./log";

/** The required settings, valid for production. */
export const goodSettings = {
  NEXTAUTH_URL: "https://login.example.com",
  NEXTAUTH_SECRET: "q7Xv2pLr9mWc4tZk8sBd1nHf6jGy3uEa",
  DINGTALK_CLIENT_ID: "dingclient0001",
  DINGTALK_CLIENT_SECRET: "cl13nt-s3cret-of-the-app",
  DINGTALK_CORP_ID: "dingcorp0001",
};

const audit = [auditEvents, auditChain, auditCheckpoints, auditExports];
const allTables = [
  auditDays,
  dingtalkCalls,
  syncRuns,
  syncDepartments,
  syncMissing,
  dingtalkEvents,
  lookUps,
  employees,
  departments,
  sessions,
  tickets,
  consumedCodes,
  rateLimits,
  ...audit,
];

/**
 * Sets up one test file, which runs in its own process: settings, an empty database in a temporary folder, a log in
 * memory and a fake DingTalk. Before each test the tables, the log and the fake are empty.
 */
export function createWorld(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-test-"));
  const dingtalk = createFakeDingTalk();
  const { log, lines } = createMemoryLog();
  // A slow machine must not fail a test; no test here waits for real time.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
  beforeAll(async () => {
    const values = { ...goodSettings, DATA_DIR: folder, DATABASE_URL: "", ...settings };
    for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
    globalThis.singletons = new Map<string, unknown>([
      ["dingtalk", dingtalk],
      ["log", log],
    ]);
    await copyEmptyDatabase(join(folder, "db"));
    await openDatabase();
  });
  beforeEach(async () => {
    dingtalk.reset();
    lines.length = 0;
    for (const counted of ["rateLimiters", "recentRefusals"]) globalThis.singletons?.delete(counted);
    // Truncating creates new files, which takes ten times as long as deleting a few rows.
    for (const table of allTables) await db.delete(table);
  });
  afterAll(async () => {
    await database().close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { dingtalk, lines };
}

/** Replaces a long-lived object while `work` runs. */
export async function withSingleton(name: string, replacement: unknown, work: () => Promise<void>): Promise<void> {
  const before = globalThis.singletons?.get(name);
  globalThis.singletons?.set(name, replacement);
  try {
    await work();
  } finally {
    globalThis.singletons?.set(name, before);
  }
}

/** Counts rate limits in the database, as several processes do that share a PostgreSQL server. */
export function countInDatabase(work: () => Promise<void>): Promise<void> {
  return withSingleton("env", { ...env(), DATABASE_URL: "postgres://localhost/shared" }, work);
}
