import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDingTalk, type DingTalk } from "../lib/dingtalk/client";
import { corpIdSchema } from "../lib/dingtalk/identity";
import { createSandboxClient, type SandboxClient } from "../sandbox/control-client";
import { type RunningSandbox, startSandbox } from "../sandbox/server";
import { readSettings } from "../scripts/settings.mjs";

let sandbox: RunningSandbox;
let control: SandboxClient;
let dingtalk: DingTalk;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, webviewPort: 0 });
  control = createSandboxClient(sandbox.url);
  const { DINGTALK_CLIENT_ID = "", DINGTALK_CLIENT_SECRET = "", DINGTALK_CORP_ID } = readSettings(".env.example");
  dingtalk = createDingTalk({
    apiUrl: sandbox.url,
    oapiUrl: sandbox.url,
    clientId: DINGTALK_CLIENT_ID,
    clientSecret: DINGTALK_CLIENT_SECRET,
    corpId: corpIdSchema.parse(DINGTALK_CORP_ID),
    employeeApi: "v2",
    corpTokenApi: "corp",
  });
});

afterAll(async () => {
  dingtalk.close();
  await sandbox.close();
});

describe("the app's client reads from the sandbox", () => {
  test("who left", async () => {
    const since = Date.now() - 60_000;
    for (const userid of ["user0001", "user0006", "user0007"])
      await control.patchPerson(userid, { membership: "left" });
    const { userIds, nextToken } = await dingtalk.listLeavers(since);
    expect(userIds).toEqual(["user0001", "user0006", "user0007"]);
    expect(nextToken).toBeNull();
  });

  test("the events that could not be pushed, once", async () => {
    await control.settings({
      callbackUrl: "http://127.0.0.1:9/",
      callbackToken: "token",
      callbackAesKey: "1234567890123456789012345678901234567890123",
      push: { httpRetryMs: [] },
    });
    await control.patchPerson("user0008", { membership: "left" });
    await expect
      .poll(async () => (await dingtalk.takeFailedEvents()).events, { timeout: 15_000 })
      .toMatchObject([{ type: "user_leave_org", userIds: ["user0008"] }]);
    expect(await dingtalk.takeFailedEvents()).toEqual({ events: [], hasMore: false });
  });

  test("where to connect for Stream mode", async () => {
    const { endpoint, ticket } = await dingtalk.openConnection();
    expect(new URL(endpoint).protocol).toBe("ws:");
    expect(ticket).not.toBe("");
  });
});
