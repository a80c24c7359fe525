import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HttpRequest } from "./call";
import { createDingTalk, type DingTalk, type DingTalkOptions } from "./client";
import { type RawResponse } from "./envelope";
import { DingTalkError } from "./errors";
import { parseCorpId, parseUnionId, parseUserId, unionIdSchema, userIdSchema } from "./identity";

type RecordedCall = { method: string; path: string; token: string | null; body: unknown };
type FakeResponse = { status?: number; json: unknown } | Error;

const secret = "s3cret-of-the-app";
const lilei = userIdSchema.parse("user0001");
const lileiUnion = unionIdSchema.parse("vR7sT2uW9xYiEiE");

const samples: Record<string, unknown> = {
  "/v1.0/oauth2/dingcorp/token": { access_token: "T1", expires_in: 7200 },
  "/v1.0/oauth2/accessToken": { accessToken: "T1", expireIn: 7200 },
  "/v1.0/oauth2/userAccessToken": {
    accessToken: "8f0c1e6f2b7a3d4c9e5f60718293a4b5",
    refreshToken: "2a9b7c6d5e4f30211f2e3d4c5b6a7988",
    expireIn: 7200,
    corpId: "dinge2e2e2e2e2e2e2e2",
  },
  "/v1.0/contact/users/me": {
    nick: "李雷",
    avatarUrl: "https://static-legacy.dingtalk.com/media/x.png",
    mobile: "13800000001",
    openId: "aB3dE6fG9hJ2kL5m",
    unionId: "vR7sT2uW9xYiEiE",
    email: "lilei@example.com",
    stateCode: "86",
  },
  "/topapi/v2/user/getuserinfo": {
    errcode: 0,
    errmsg: "ok",
    request_id: "15r6h0w2x5a3q",
    result: {
      userid: "user0001",
      unionid: "vR7sT2uW9xYiEiE",
      name: "李雷",
      device_id: "0f1e",
      sys: true,
      sys_level: 1,
    },
  },
  "/topapi/user/getbyunionid": { errcode: 0, errmsg: "ok", result: { contact_type: 0, userid: "user0001" } },
  "/topapi/v2/user/get": {
    errcode: 0,
    errmsg: "ok",
    result: { userid: "user0001", unionid: "vR7sT2uW9xYiEiE", name: "李雷", active: true },
  },
  "/user/get": { errcode: 0, userid: "user0001", unionid: "vR7sT2uW9xYiEiE", name: "李雷", active: true },
  "/topapi/v2/department/get": { errcode: 0, result: { dept_id: 101, name: "研发部", parent_id: 10, code: "D-101" } },
  "/topapi/v2/department/listparentbyuser": {
    errcode: 0,
    result: { parent_list: [{ parent_dept_id_list: [101, 10, 1] }, { parent_dept_id_list: [102, 1] }] },
  },
};

const usedCode = { status: 400, json: { code: "invalidParameter.authCode.notFound", requestid: "R1" } };
const busy = { json: { errcode: -1, errmsg: "系统繁忙" } };
const rejectedToken = { json: { errcode: 88, sub_code: "40014", sub_msg: "不合法的access_token" } };
const lostConnection = new Error("read ECONNRESET");

/** A DingTalk that answers each path with the given responses first and then with its sample. */
function setUp(first: Record<string, FakeResponse[]> = {}, options: Partial<DingTalkOptions> = {}) {
  const recorded: RecordedCall[] = [];
  async function fakeSend(request: HttpRequest): Promise<RawResponse> {
    const url = new URL(request.path, "http://localhost");
    const token = url.searchParams.get("access_token") ?? request.headers["x-acs-dingtalk-access-token"] ?? null;
    const body: unknown = request.body ? JSON.parse(request.body) : Object.fromEntries(url.searchParams);
    recorded.push({ method: request.method, path: url.pathname, token, body });
    const next = first[url.pathname]?.shift() ?? { json: samples[url.pathname] };
    if (next instanceof Error) throw next;
    const { status = 200, json = null } = next;
    return { status, json, text: JSON.stringify(json), requestId: null };
  }
  const dingtalk = createDingTalk({
    apiUrl: "http://127.0.0.1:1",
    oapiUrl: "http://127.0.0.1:1",
    clientId: "dingapp",
    clientSecret: secret,
    corpId: "dingcorp",
    employeeApi: "v2",
    corpTokenApi: "corp",
    send: fakeSend,
    clock: () => 0,
    random: () => 0,
    wait: () => Promise.resolve(),
    ...options,
  });
  return { dingtalk, recorded, paths: () => recorded.map(({ path }) => path) };
}

describe("each call", () => {
  test("exchanges an auth code", async () => {
    const { dingtalk, recorded } = setUp();
    expect(await dingtalk.exchangeAuthCode("c0de")).toEqual({
      accessToken: "8f0c1e6f2b7a3d4c9e5f60718293a4b5",
      refreshToken: "2a9b7c6d5e4f30211f2e3d4c5b6a7988",
      expiresInSeconds: 7200,
      corpId: "dinge2e2e2e2e2e2e2e2",
    });
    const body = { clientId: "dingapp", clientSecret: secret, grantType: "authorization_code", code: "c0de" };
    expect(recorded).toEqual([{ method: "POST", path: "/v1.0/oauth2/userAccessToken", token: null, body }]);
  });

  test.each([
    [{ accessToken: "abc" }],
    [{ accessToken: "abc", expireIn: 0, corpId: "", refreshToken: "" }],
    [{ accessToken: "abc", expireIn: null, expiresIn: "7200", corpId: null }],
  ])("accepts a user token as sparse as %j", async (json) => {
    const { dingtalk } = setUp({ "/v1.0/oauth2/userAccessToken": [{ json }] });
    const sparse = { accessToken: "abc", refreshToken: null, expiresInSeconds: 7200, corpId: null };
    expect(await dingtalk.exchangeAuthCode("c0de")).toEqual(sparse);
  });

  test("refreshes a user token", async () => {
    const { dingtalk, recorded } = setUp();
    await dingtalk.refreshUserToken("r3fresh");
    const body = { clientId: "dingapp", clientSecret: secret, grantType: "refresh_token", refreshToken: "r3fresh" };
    expect(recorded).toMatchObject([{ body }]);
  });

  test("reads a contact with the user token", async () => {
    const { dingtalk, recorded } = setUp();
    expect(await dingtalk.getContact("user-token")).toEqual(samples["/v1.0/contact/users/me"]);
    expect(recorded).toMatchObject([{ method: "GET", token: "user-token" }]);
  });

  test("reads another contact, who has neither avatar nor email", async () => {
    const json = { nick: "韩梅梅", unionId: "u/2", openId: "o2", mobile: "", browser: false };
    const { dingtalk, paths } = setUp({ "/v1.0/contact/users/u%2F2": [{ json }] });
    const contact = await dingtalk.getContact("user-token", unionIdSchema.parse("u/2"));
    expect(contact).toMatchObject({ unionId: "u/2", avatarUrl: null, email: null, mobile: null });
    expect(paths()).toEqual(["/v1.0/contact/users/u%2F2"]);
  });

  test("resolves a silent code with the corp token", async () => {
    const { dingtalk, recorded } = setUp();
    const identity = { userId: "user0001", unionId: "vR7sT2uW9xYiEiE", name: "李雷", sysLevel: 1 };
    expect(await dingtalk.resolveSilentCode("c0de")).toEqual(identity);
    expect(recorded[1]).toMatchObject({ path: "/topapi/v2/user/getuserinfo", token: "T1", body: { code: "c0de" } });
  });

  test.each([
    [0, "member"],
    ["0", "member"],
    [1, "external"],
  ])("S10 reads contact type %j as %s", async (contact_type, contactType) => {
    const json = { errcode: 0, result: { contact_type, userid: "user0001" } };
    const { dingtalk } = setUp({ "/topapi/user/getbyunionid": [{ json }] });
    expect(await dingtalk.findByUnionId(lileiUnion)).toEqual({ userId: "user0001", contactType });
  });

  test.each([undefined, null, 2, "", true])("S10 rejects contact type %j", async (contact_type) => {
    const json = { errcode: 0, result: { contact_type, userid: "user0001" } };
    const { dingtalk } = setUp({ "/topapi/user/getbyunionid": [{ json }] });
    await expect(dingtalk.findByUnionId(lileiUnion)).rejects.toMatchObject({ kind: "malformed" });
  });

  test("S10 throws not_member for a person outside the organisation", async () => {
    const { dingtalk } = setUp({ "/topapi/user/getbyunionid": [{ json: { errcode: 60121, errmsg: "找不到该用户" } }] });
    await expect(dingtalk.findByUnionId(lileiUnion)).rejects.toMatchObject({ kind: "refused", reason: "not_member" });
  });

  test("reads an employee in the requested language", async () => {
    const { dingtalk, recorded } = setUp();
    expect(await dingtalk.getEmployee(lilei, { language: "en_US" })).toMatchObject({
      userId: "user0001",
      active: true,
    });
    expect(recorded[1]).toMatchObject({ method: "POST", body: { userid: "user0001", language: "en_US" }, token: "T1" });
  });

  test("reads the same employee from the retired API", async () => {
    const { dingtalk, recorded } = setUp({}, { employeeApi: "legacy", corpTokenApi: "app" });
    expect(await dingtalk.getEmployee(lilei)).toEqual(await setUp().dingtalk.getEmployee(lilei));
    expect(recorded).toMatchObject([
      { path: "/v1.0/oauth2/accessToken", body: { appKey: "dingapp", appSecret: secret } },
      { method: "GET", path: "/user/get", body: { userid: "user0001", lang: "zh_CN" }, token: "T1" },
    ]);
  });

  test("reads a department, and the root department without a parent", async () => {
    const root = { json: { errcode: "0", result: { dept_id: "1", name: "公司", parent_id: 0 } } };
    const { dingtalk } = setUp({ "/topapi/v2/department/get": [root] });
    expect(await dingtalk.getDepartment(1)).toEqual({ id: 1, name: "公司", parentId: null });
    expect(await dingtalk.getDepartment(101)).toEqual({ id: 101, name: "研发部", parentId: 10 });
  });

  test("lists the paths from a person's departments to the root", async () => {
    const paths = [
      [101, 10, 1],
      [102, 1],
    ];
    expect(await setUp().dingtalk.listParentDepartments(lilei)).toEqual(paths);
  });

  test("requests the corp token from the organisation's endpoint, with the secret only in the body", async () => {
    const { dingtalk, recorded } = setUp();
    expect(await dingtalk.corpToken()).toBe("T1");
    const body = { client_id: "dingapp", client_secret: secret, grant_type: "client_credentials" };
    expect(recorded).toEqual([{ method: "POST", path: "/v1.0/oauth2/dingcorp/token", token: null, body }]);
  });
});

describe("a one-time code", () => {
  const silent = "/topapi/v2/user/getuserinfo";
  const exchange = "/v1.0/oauth2/userAccessToken";

  test.each([
    usedCode,
    { status: 500, json: { code: "unknownError" } },
    { status: 429, json: { code: "systemBusy" } },
    lostConnection,
  ])("S32 is never exchanged twice, for any outcome", async (answer) => {
    const { dingtalk, paths } = setUp({ [exchange]: [answer] });
    await expect(dingtalk.exchangeAuthCode("c0de")).rejects.toBeInstanceOf(DingTalkError);
    await expect(dingtalk.refreshUserToken("r3fresh")).resolves.toBeDefined();
    expect(paths()).toEqual([exchange, exchange]);
  });

  test.each([
    { json: { errcode: 40078 } },
    busy,
    { json: { errcode: 90018 } },
    { status: 502, json: null },
    lostConnection,
  ])("S32 is never resolved twice, for any outcome", async (answer) => {
    const { dingtalk, paths } = setUp({ [silent]: [answer] });
    await expect(dingtalk.resolveSilentCode("c0de")).rejects.toBeInstanceOf(DingTalkError);
    expect(paths().filter((path) => path === silent)).toHaveLength(1);
  });

  test("is sent again after DingTalk rejected the corp token, which does not consume the code", async () => {
    const { dingtalk, paths } = setUp({ [silent]: [rejectedToken] });
    await expect(dingtalk.resolveSilentCode("c0de")).resolves.toMatchObject({ userId: "user0001" });
    expect(paths().filter((path) => path === silent)).toHaveLength(2);
  });
});

describe("a read", () => {
  const get = "/topapi/v2/user/get";

  test("is retried when DingTalk was busy or the connection was lost", async () => {
    const { dingtalk, paths } = setUp({ [get]: [busy, lostConnection] });
    await expect(dingtalk.getEmployee(lilei)).resolves.toMatchObject({ name: "李雷" });
    expect(paths().filter((path) => path === get)).toHaveLength(3);
  });

  test("of a contact is retried, but not when the user token was rejected", async () => {
    const me = "/v1.0/contact/users/me";
    const refused = { status: 400, json: { code: "InvalidAuthentication", message: "不合法的access_token" } };
    const { dingtalk, paths } = setUp({ [me]: [lostConnection, refused] });
    await expect(dingtalk.getContact("user-token")).rejects.toMatchObject({ reason: "invalid_token" });
    expect(paths()).toEqual([me, me]);
  });

  test.each([
    ["wrapped", rejectedToken],
    ["plain", { json: { errcode: 42001, errmsg: "expired" } }],
    ["as the api host spells it", { status: 400, json: { code: "InvalidAuthentication" } }],
  ])("S33 loads the corp token once more when it was rejected, %s", async (_, answer) => {
    const { dingtalk, paths } = setUp({ [get]: [answer] });
    await expect(dingtalk.getEmployee(lilei)).resolves.toMatchObject({ name: "李雷" });
    const token = "/v1.0/oauth2/dingcorp/token";
    expect(paths()).toEqual([token, get, token, get]);
  });

  test("S33 shares one corp token among two hundred concurrent callers", async () => {
    const { dingtalk, paths } = setUp();
    await Promise.all(Array.from({ length: 200 }, () => dingtalk.findByUnionId(lileiUnion)));
    expect(paths().filter((path) => path.endsWith("/token"))).toHaveLength(1);
  });

  test("fails with the token call's own error when the credentials are wrong", async () => {
    const wrong = { status: 400, json: { code: "invalid.client", message: "invalid.client" } };
    const { dingtalk } = setUp({ "/v1.0/oauth2/dingcorp/token": [wrong] });
    const error = { call: "corpId/token", kind: "refused", reason: "wrong_credentials" };
    await expect(dingtalk.getEmployee(lilei)).rejects.toMatchObject(error);
  });
});

describe("a host that is down", () => {
  const silent = "/topapi/v2/user/getuserinfo";
  const setUpDown = async (answer: FakeResponse) => {
    let nowMs = 0;
    const changes: unknown[] = [];
    const world = setUp(
      { [silent]: Array.from({ length: 5 }, () => answer) },
      { clock: () => nowMs, onCircuit: (change) => void changes.push(change) },
    );
    const wait = (ms: number) => {
      nowMs += ms;
    };
    for (let failed = 0; failed < 5; failed += 1) {
      await expect(world.dingtalk.resolveSilentCode("c0de")).rejects.toBeInstanceOf(DingTalkError);
      wait(2000);
    }
    return { ...world, changes, wait };
  };

  test.each([lostConnection, { status: 502, json: null }])(
    "S32 is not called while its circuit is open",
    async (down) => {
      const { dingtalk, paths, changes } = await setUpDown(down);
      const before = paths().length;
      const error = { kind: "circuit_open", call: "v2/user/getuserinfo", reason: null };
      await expect(dingtalk.resolveSilentCode("c0de")).rejects.toMatchObject(error);
      await expect(dingtalk.getEmployee(lilei)).rejects.toMatchObject({ kind: "circuit_open" });
      expect(paths()).toHaveLength(before);
      expect(changes).toEqual([{ host: "oapi", state: "open" }]);
    },
  );

  test("S32 does not affect the other host", async () => {
    const { dingtalk } = await setUpDown(lostConnection);
    expect(dingtalk.circuits()).toEqual({ api: "closed", oapi: "open" });
    await expect(dingtalk.exchangeAuthCode("c0de")).resolves.toBeDefined();
  });

  test("S32 is called again after a while, and a response closes its circuit", async () => {
    const { dingtalk, wait } = await setUpDown(lostConnection);
    wait(15_000);
    expect(dingtalk.circuits()).toEqual({ api: "closed", oapi: "half_open" });
    await expect(dingtalk.resolveSilentCode("c0de")).resolves.toBeDefined();
    expect(dingtalk.circuits()).toEqual({ api: "closed", oapi: "closed" });
  });

  test("S32 stays available while it only refuses", async () => {
    const { dingtalk } = await setUpDown(busy);
    await expect(dingtalk.resolveSilentCode("c0de")).resolves.toBeDefined();
  });
});

const everyCall: [string, string, (dingtalk: DingTalk) => Promise<unknown>][] = [
  ["exchangeAuthCode", "/v1.0/oauth2/userAccessToken", (dingtalk) => dingtalk.exchangeAuthCode("s3cret-code")],
  ["refreshUserToken", "/v1.0/oauth2/userAccessToken", (dingtalk) => dingtalk.refreshUserToken("s3cret-refresh")],
  ["getContact", "/v1.0/contact/users/me", (dingtalk) => dingtalk.getContact("s3cret-user-token")],
  ["resolveSilentCode", "/topapi/v2/user/getuserinfo", (dingtalk) => dingtalk.resolveSilentCode("s3cret-code")],
  ["findByUnionId", "/topapi/user/getbyunionid", (dingtalk) => dingtalk.findByUnionId(lileiUnion)],
  ["getEmployee", "/topapi/v2/user/get", (dingtalk) => dingtalk.getEmployee(lilei)],
  ["getDepartment", "/topapi/v2/department/get", (dingtalk) => dingtalk.getDepartment(101)],
  ["listParentDepartments", "/topapi/v2/department/listparentbyuser", (d) => d.listParentDepartments(lilei)],
  ["corpToken", "/v1.0/oauth2/dingcorp/token", (dingtalk) => dingtalk.corpToken()],
];

describe.each(everyCall)("%s", (_, path, call) => {
  async function outcomeOf(json: unknown, status = 200): Promise<unknown> {
    const { dingtalk } = setUp({
      [path]: [
        { json, status },
        { json, status },
        { json, status },
      ],
    });
    return call(dingtalk).then(
      () => "a result",
      (error: unknown) => error,
    );
  }

  test("S8 throws only DingTalkError for any JSON", async () => {
    const status = fc.constantFrom(200, 200, 302, 400, 403, 429, 500);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), status, async (json, code) => {
        const outcome = await outcomeOf(json, code);
        expect(outcome === "a result" || outcome instanceof DingTalkError).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("S8 throws only DingTalkError when any field of a successful response has any value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.jsonValue(), async (position, value) => {
        const outcome = await outcomeOf(withFieldReplaced(samples[path], position, value));
        expect(outcome === "a result" || outcome instanceof DingTalkError).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    { json: { errcode: 88, sub_code: "60011", sub_msg: "no right" }, status: 200 },
    { json: { code: "invalidClientIdOrSecret", message: `wrong secret ${secret}` }, status: 400 },
    { json: { code: "systemError" }, status: 500 },
    { json: { access_token: 7, hint: "s3cret-answer" }, status: 200 },
  ])("S7 has no secret in its error after $json", async ({ json, status }) => {
    const error = await outcomeOf(json, status);
    expect(error).toBeInstanceOf(DingTalkError);
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/s3cret|T1|access_token=/);
  });
});

function withFieldReplaced(json: unknown, position: number, value: unknown): unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return value;
  const entries = Object.entries(json);
  const chosen = position % (entries.length + 1);
  return Object.fromEntries(
    entries.map(([key, field], index) => [
      key,
      index === chosen ? withFieldReplaced(field, position >> 3, value) : field,
    ]),
  );
}

describe("an id", () => {
  test.each(["user0001", "张三", "a@b.c", "x".repeat(64)])("may be %s", (value) => {
    expect([parseUserId(value), parseUnionId(value), parseCorpId(value)]).toEqual([value, value, value]);
  });

  test.each(["", ".", "..", "a\nb", "\ud83d", "x".repeat(129), 7, null, undefined])("is never %j", (value) => {
    expect([parseUserId(value), parseUnionId(value), parseCorpId(value)]).toEqual([null, null, null]);
  });
});
