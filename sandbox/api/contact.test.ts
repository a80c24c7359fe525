import { expect, test } from "vitest";
import { createCaller } from "../test-caller";

async function signIn(caller: ReturnType<typeof createCaller>, userid: string): Promise<string> {
  const { json } = await caller.exchange(await caller.mint({ kind: "auth", userid }));
  return String(json.accessToken);
}

test("contact/users/me returns the account with its private mailbox and no userid", async () => {
  const caller = createCaller();
  const { json } = await caller.me(await signIn(caller, "user0001"));
  expect(json).toMatchObject({ nick: "李雷", email: "lilei@former-employer.example", stateCode: "86" });
  expect(Object.keys(json)).not.toContain("userid");
});

test("values that were never entered are absent", async () => {
  const caller = createCaller();
  const { json } = await caller.me(await signIn(caller, "user0006"));
  expect(Object.keys(json)).toEqual(["nick", "openId", "unionId", "stateCode", "visitor"]);
});

test("a leaver can still sign in to DingTalk itself", async () => {
  const caller = createCaller();
  expect((await caller.me(await signIn(caller, "user0004"))).json.nick).toBe("赵敏");
});

test("a corp token, an old token and no token are refused as the live service does", async () => {
  const caller = createCaller();
  const invalid = await caller.me(await caller.corpToken());
  expect(invalid.status).toBe(400);
  expect(Object.entries(invalid.json)).toEqual([
    ["code", "InvalidAuthentication"],
    ["requestid", expect.any(String)],
    ["message", "不合法的access_token"],
  ]);
  const token = await signIn(caller, "user0001");
  await caller.set({ clockOffsetSeconds: 7201 });
  expect((await caller.me(token)).json.code).toBe("InvalidAuthentication");
  const missing = await caller.ask("GET", "/v1.0/contact/users/me");
  expect(missing.json.code).toBe("AuthenticationFailed.MissingParameter");
});

test("a missing permission is named in accessdenieddetail", async () => {
  const caller = createCaller();
  const token = await signIn(caller, "user0001");
  await caller.set({ permissions: ["qyapi_base"] });
  const answer = await caller.me(token);
  expect(answer.status).toBe(403);
  expect(answer.json).toMatchObject({
    code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
    accessdenieddetail: { requiredScopes: ["Contact.User.Read"] },
  });
});

test("throttling and an address outside the whitelist are also 403, with other codes", async () => {
  const caller = createCaller();
  const token = await signIn(caller, "user0001");
  await caller.set({ qpsLimit: 1 });
  await caller.me(token);
  expect((await caller.me(token)).json.code).toBe("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi");
  await caller.set({ qpsLimit: null, ipWhitelist: ["203.0.113.1"] });
  expect((await caller.me(token)).json.code).toBe("Forbidden.AccessDenied.IpNotInWhiteList");
});
