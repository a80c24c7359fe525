import { createHash } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { buildPush, type PushOrder } from "../../test/push";
import { createWorld, goodSettings } from "../../test/world";
import { db } from "../db/client";
import { dingtalkEvents } from "../db/events-schema";
import { openPush } from "../dingtalk/callback";
import { answerPush } from "./callback";

const keys = {
  token: "the-token",
  aesKey: "1234567890123456789012345678901234567890123",
  owner: goodSettings.DINGTALK_CLIENT_ID,
};
const { lines } = createWorld({
  DINGTALK_EVENTS: "http",
  DINGTALK_EVENT_TOKEN: keys.token,
  DINGTALK_EVENT_AES_KEY: keys.aesKey,
  TRUSTED_PROXY_COUNT: "1",
});

function push(changed: Partial<PushOrder> = {}): Promise<Response> {
  return answerPush(buildPush(keys, { text: message(), ...changed }));
}

function message(fields: object = {}): string {
  const event = { EventType: "user_leave_org", EventTime: Date.now(), eventId: "e1", userId: ["user0001"] };
  return JSON.stringify({ ...event, CorpId: goodSettings.DINGTALK_CORP_ID, ...fields });
}

describe("S41 a push of DingTalk", () => {
  test("is stored, and answered with success under the same keys", async () => {
    const response = await push();
    expect(response.status).toBe(200);
    const { msg_signature, timeStamp, nonce, encrypt: answer } = await response.json();
    const opened = openPush(
      { ...keys, owners: [keys.owner] },
      { signature: msg_signature, timestamp: timeStamp, nonce, encrypt: answer },
      Date.now(),
    );
    expect(opened).toEqual({ message: "success" });
    expect(await db.select().from(dingtalkEvents)).toMatchObject([{ id: "e1", userIds: ["user0001"] }]);
  });

  test("that only checks the address is answered, and stores nothing", async () => {
    expect((await push({ text: JSON.stringify({ EventType: "check_url" }) })).status).toBe(200);
    expect(await db.$count(dingtalkEvents)).toBe(0);
  });

  test("that is repeated is answered like the first one, and stored once", async () => {
    expect([(await push()).status, (await push()).status]).toEqual([200, 200]);
    expect(await db.$count(dingtalkEvents)).toBe(1);
  });

  test("of another organisation is answered, because DingTalk signed it, and changes nothing", async () => {
    expect((await push({ text: message({ CorpId: "dingother" }) })).status).toBe(200);
    expect(await db.$count(dingtalkEvents)).toBe(0);
  });

  test.each<[string, Partial<PushOrder>]>([
    ["with a wrong signature", { signature: createHash("sha1").update("guess").digest("hex") }],
    ["of another app", { owner: "dingother" }],
    ["that is old", { timestamp: Date.now() - 16 * 60_000 }],
    ["without an encrypted text", { body: "{}" }],
    ["that is no JSON", { body: "no" }],
    ["that is too long", { body: JSON.stringify({ encrypt: "A".repeat(300_000) }) }],
  ])("%s is refused and logged, and changes nothing", async (_name, changed) => {
    expect((await push(changed)).status).toBe(403);
    expect(await db.$count(dingtalkEvents)).toBe(0);
    expect(lines.join("")).toContain("push of an event refused");
    expect(lines.join("")).not.toContain(keys.token);
  });

  test("S42 a stranger who sends many is limited, and DingTalk is not", async () => {
    for (let count = 0; count < 60; count += 1) await push({ signature: "guess" });
    expect((await push({ signature: "guess" })).status).toBe(429);
    expect((await push()).status).toBe(200);
    expect((await push({ signature: "guess", ip: "198.51.100.7" })).status).toBe(403);
  });
});

test("S41 where events do not come by callback, the address does not exist", async () => {
  const { env } = await import("../env");
  vi.stubEnv("DINGTALK_EVENTS", "stream");
  globalThis.singletons?.delete("env");
  expect(env().DINGTALK_EVENTS).toBe("stream");
  expect((await push()).status).toBe(404);
});
