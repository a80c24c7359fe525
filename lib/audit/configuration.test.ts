import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { copyEmptyDatabase } from "../../test/empty-database";
import { goodSettings } from "../../test/world";
import { auditEvents } from "../db/audit-schema";
import { database, openDatabase } from "../db/client";
import { ConfigurationError, readDatabaseSettings } from "../env";
import { recordConfigurationError } from "./configuration";

vi.setConfig({ testTimeout: 60_000 });

const error = new ConfigurationError(["NEXTAUTH_SECRET: too short, was abc", "LOG_LEVEL: unknown"]);
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dingtalk-login-test-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("S37 a start that the settings prevent is recorded with their names, and without their values", async () => {
  const settings = readDatabaseSettings({
    ...goodSettings,
    NEXTAUTH_SECRET: "abc",
    LOG_LEVEL: "loud",
    DATA_DIR: folder,
  });
  await copyEmptyDatabase(join(folder, "db"));
  await recordConfigurationError(error, settings);
  const { db } = await openDatabase(settings);
  const rows = await db.select().from(auditEvents);
  await database().close();
  const recorded = { corpId: goodSettings.DINGTALK_CORP_ID, reason: "NEXTAUTH_SECRET, LOG_LEVEL" };
  expect(rows).toMatchObject([{ kind: "configuration_refused", ...recorded }]);
});

test("no database is created for it", async () => {
  await recordConfigurationError(error, readDatabaseSettings({ DATA_DIR: folder }));
  expect(existsSync(join(folder, "db"))).toBe(false);
});

test("a missing company is no obstacle", () => {
  expect(readDatabaseSettings({ DATABASE_URL: "" })).toEqual({
    DATABASE_URL: null,
    DATA_DIR: ".data",
    DINGTALK_CORP_ID: "unknown",
  });
});
