import { expect, test } from "vitest";
import { createWorld, withSingleton } from "../../../test/world";
import { GET } from "./route";

const { dingtalk } = createWorld();

test("S32 S35 the process is ready while DingTalk is down, and says so", async () => {
  dingtalk.setCircuits({ api: "open" });
  const response = await GET();
  expect(response.status).toBe(200);
  const events = { mode: "off", isConnected: null, lastEventAt: null };
  expect(await response.json()).toEqual({ status: "ok", dingtalk: { api: "open", oapi: "closed" }, events });
});

test("the process is not ready without its database", async () => {
  await withSingleton("database", { database: null }, async () => expect((await GET()).status).toBe(503));
});
