import { afterEach, expect, test } from "vitest";
import { setRequest } from "../../test/next-headers";
import { createWorld, withSingleton } from "../../test/world";
import { parseUserId } from "../dingtalk/identity";
import { type Env, env } from "../env";
import { notifySignIn } from "./notify";

const { dingtalk } = createWorld({ DINGTALK_AGENT_ID: "7" });

const userId = parseUserId("user0001");
const client = { ip: "198.51.100.7", userAgent: null };

afterEach(() => setRequest({}));

async function messagesFor(setting: Env["NOTIFY_SIGN_IN"], isNewDevice: boolean): Promise<number> {
  if (!userId) throw new Error("not a userId");
  dingtalk.reset();
  await withSingleton("env", { ...env(), NOTIFY_SIGN_IN: setting }, () =>
    notifySignIn({ userId, client, isNewDevice }),
  );
  return dingtalk.calls.filter((call) => call === "sendWorkNotification").length;
}

test.each([
  ["new", true, 1],
  ["new", false, 0],
  ["always", true, 1],
  ["always", false, 1],
  ["off", true, 0],
] as const)("S21 with NOTIFY_SIGN_IN=%s and a new device %s there are %d messages", async (setting, isNew, count) => {
  expect(await messagesFor(setting, isNew)).toBe(count);
});

test("S21 by default only a new device causes a message", () => {
  expect(env().NOTIFY_SIGN_IN).toBe("new");
});
