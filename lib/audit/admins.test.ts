import { expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { createWorld, goodSettings, withSingleton } from "../../test/world";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { readEnv } from "../env";
import { recordAdminSettings } from "./admins";

createWorld();

/** Starts the app with these admins. */
async function startWith(ADMIN_USER_IDS: string): Promise<void> {
  await withSingleton("env", readEnv({ ...goodSettings, ADMIN_USER_IDS }), recordAdminSettings);
}

async function changes() {
  const rows = await recordedEvents();
  return rows.map(({ kind, userId, reason }) => [kind, userId, reason]);
}

test("S37 an admin whom the settings name for the first time is recorded once", async () => {
  await startWith("user0001,user0002");
  await startWith("user0002,user0001");
  expect(await changes()).toEqual([
    ["admin_granted", "user0001", "settings"],
    ["admin_granted", "user0002", "settings"],
  ]);
});

test("S37 an admin whom the settings no longer name is recorded, and may return", async () => {
  await startWith("user0001");
  await startWith("");
  await startWith("");
  await startWith("user0001");
  expect((await changes()).map(([kind]) => kind)).toEqual(["admin_granted", "admin_revoked", "admin_granted"]);
});

test("S37 of several processes that start at once, one records", async () => {
  await withSingleton("env", readEnv({ ...goodSettings, ADMIN_USER_IDS: "user0001" }), async () => {
    await Promise.all([recordAdminSettings(), recordAdminSettings(), recordAdminSettings()]);
  });
  expect(await changes()).toHaveLength(1);
});

test("S37 DingTalk's own admins are another matter", async () => {
  await db.insert(auditEvents).values({
    kind: "admin_granted",
    corpId: goodSettings.DINGTALK_CORP_ID,
    userId: "user0003",
    reason: "dingtalk",
  });
  await startWith("");
  expect(await changes()).toHaveLength(1);
});
