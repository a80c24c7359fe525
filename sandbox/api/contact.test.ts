import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

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

test("a user token answers for its own person only", async () => {
  const caller = createCaller();
  const headers = { "x-acs-dingtalk-access-token": await signIn(caller, "user0001") };
  const read = (userid: string) =>
    caller.ask("GET", `/v1.0/contact/users/${caller.store.people.find(userid)?.unionid}`, { headers });
  expect((await read("user0001")).json.nick).toBe("李雷");
  const other = await read("user0002");
  expect([other.status, other.json.code]).toEqual([404, "invalidParameter.user.notFound"]);
});

test("throttling counts the calls of an API, whatever unionId its path contains", async () => {
  const caller = createCaller();
  const headers = { "x-acs-dingtalk-access-token": await signIn(caller, "user0001") };
  await caller.set({ qpsLimit: 1 });
  await caller.ask("GET", "/v1.0/contact/users/one", { headers });
  const throttled = await caller.ask("GET", "/v1.0/contact/users/two", { headers });
  expect(throttled.json).toMatchObject({
    code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
    message: expect.stringContaining("/v1.0/contact/users/{id}"),
  });
  const other = await caller.ask("POST", "/v1.0/contact/users/search", { headers, body: {} });
  expect(other.json.code).toBe("InvalidAuthentication");
});

test("a search finds a part of a name, or the whole name with fullMatchField", async () => {
  const { ask, corpToken, set } = createCaller();
  const headers = { "x-acs-dingtalk-access-token": await corpToken() };
  const search = async (kind: string, body: Record<string, unknown>) =>
    (await ask("POST", `/v1.0/contact/${kind}/search`, { headers, body: { offset: 0, size: 10, ...body } })).json;
  expect(await search("users", { queryWord: "韩" })).toEqual({ hasMore: false, totalCount: 1, list: ["user0002"] });
  expect(await search("users", { queryWord: "韩", fullMatchField: 1 })).toMatchObject({ totalCount: 0, list: [] });
  expect((await search("users", { queryWord: "韩梅梅", fullMatchField: 1 })).list).toEqual(["user0002"]);
  expect(await search("departments", { queryWord: "部", size: 2 })).toEqual({
    hasMore: true,
    totalCount: 6,
    list: [101, 103],
  });
  expect((await search("departments", { queryWord: "部", size: 0 })).code).toBe("parameter.error");
  await set({ contactScope: { departments: [20], withoutPeople: [] } });
  expect((await search("departments", { queryWord: "部" })).list).toEqual([201, 202]);
});
