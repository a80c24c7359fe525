import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { database, db } from "./db/client";
import { copyEmptyDatabase } from "./test-database";
import { createFakeDingTalk } from "./test-dingtalk";
import { createMemoryLog } from "./test-log";

/** Settings that a process of this app starts with, strong enough for production. */
export const goodSettings = {
  NEXTAUTH_URL: "https://login.example.com",
  NEXTAUTH_SECRET: "q7Xv2pLr9mWc4tZk8sBd1nHf6jGy3uEa",
  DINGTALK_CLIENT_ID: "dingclient0001",
  DINGTALK_CLIENT_SECRET: "cl13nt-s3cret-of-the-app",
  DINGTALK_CORP_ID: "dingcorp0001",
};

/**
 * For one test file, a process of its own: settings, an empty database in a temporary folder, a log in memory, and a
 * DingTalk that does as it is told. Each test finds the tables empty and nothing called.
 */
export function createWorld(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "dingtalk-login-test-"));
  const dingtalk = createFakeDingTalk();
  const { log, lines } = createMemoryLog();
  beforeAll(async () => {
    const given = { ...goodSettings, DATA_DIR: folder, DATABASE_URL: "", ...settings };
    for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
    globalThis.keptObjects = new Map<string, unknown>([
      ["dingtalk", dingtalk],
      ["log", log],
    ]);
    await copyEmptyDatabase(join(folder, "db"));
    await db();
  }, 120_000);
  beforeEach(async () => {
    dingtalk.reset();
    lines.length = 0;
    const handle = await db();
    await handle.execute(sql`truncate employees, departments, sessions, spent_codes, audit_events`);
  });
  afterAll(async () => {
    await (await database()).close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { dingtalk, lines };
}

/** Puts other settings in the place of those that were read, until the returned function is called. */
export function withEnv(env: unknown): () => void {
  const before = globalThis.keptObjects?.get("env");
  globalThis.keptObjects?.set("env", env);
  return () => void globalThis.keptObjects?.set("env", before);
}
