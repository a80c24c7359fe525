import { describe, expect, test } from "vitest";
import { type RawResponse, readError, readRequestId } from "./envelope";
import { type RefusedReason } from "./reasons";

function response(json: unknown, status = 200, text = ""): RawResponse {
  return { status, json, text, requestId: null };
}

function errorFor(json: unknown, status = 200, text = "") {
  return readError("call", response(json, status, text));
}

describe("the envelope of the oapi host", () => {
  test.each([0, "0"])("with errcode %j is a success", (errcode) => {
    expect(errorFor({ errcode, errmsg: "ok", result: {} })).toBeNull();
  });

  test.each([40078, "40078"])("with errcode %j is a refusal, although the HTTP status is 200", (errcode) => {
    expect(errorFor({ errcode, errmsg: "不存在的临时授权码", request_id: "r1" })).toMatchObject({
      kind: "refused",
      reason: "code_used",
      code: "40078",
      httpStatus: 200,
      requestId: "r1",
    });
  });

  test("with errcode 88 has the real code in sub_code, as text", () => {
    const wrapped = { errcode: 88, sub_code: "40014", sub_msg: "不合法的access_token", request_id: "r2" };
    expect(errorFor(wrapped)).toMatchObject({
      kind: "refused",
      reason: "invalid_token",
      code: "40014",
      requestId: "r2",
    });
  });

  test("with errcode 88 may have no sub_code", () => {
    expect(errorFor({ errcode: 88, errmsg: "ding talk error" })).toMatchObject({ code: "88", reason: "other" });
  });

  test("names the missing permission", () => {
    const sub_msg =
      "应用尚未开通所需的权限：[qyapi_get_member]，点击链接申请并开通即可：https://open-dev.dingtalk.com/appscope/apply?content=dingx%23qyapi_get_member";
    expect(errorFor({ errcode: 88, sub_code: "60011", sub_msg })?.requiredScopes).toEqual(["qyapi_get_member"]);
    expect(errorFor({ errcode: 60011, errmsg: "没有调用该接口的权限" })?.requiredScopes).toEqual([]);
  });
});

describe("the envelope of the api host", () => {
  test.each([
    ["as it is served", { code: "InvalidAuthentication", requestid: "R1", message: "不合法的access_token" }],
    ["as the SDK spells it", { Code: "InvalidAuthentication", RequestId: "R1", Message: "不合法的access_token" }],
  ])("is read %s", (_, body) => {
    expect(errorFor(body, 400)).toMatchObject({
      kind: "refused",
      reason: "invalid_token",
      httpStatus: 400,
      requestId: "R1",
    });
  });

  test("names the missing permission", () => {
    const code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
    const detail = { requiredScopes: ["Contact.User.Read"] };
    expect(errorFor({ code, accessdenieddetail: detail }, 403)?.requiredScopes).toEqual(["Contact.User.Read"]);
    expect(errorFor({ Code: code, AccessDeniedDetail: detail }, 403)?.requiredScopes).toEqual(["Contact.User.Read"]);
    const message =
      "应用尚未开通所需的权限：[Contact.User.Read]，点击链接申请并开通即可：https://open-dev.dingtalk.com/appscope";
    expect(errorFor({ code, message }, 403)?.requiredScopes).toEqual(["Contact.User.Read"]);
  });

  test("does not treat a field named code in a successful response as a refusal", () => {
    expect(errorFor({ code: "D-101", name: "研发部" })).toBeNull();
  });

  test("is the oapi host's envelope when the path is unknown", () => {
    expect(errorFor({ errcode: 404, errmsg: "请求的URI地址不存在" })).toMatchObject({
      kind: "refused",
      reason: "bad_request",
    });
  });

  test("of a server error keeps its code and is an http error", () => {
    expect(errorFor({ code: "unknownError" }, 500)).toMatchObject({
      kind: "http",
      code: "unknownError",
      reason: "busy",
    });
  });
});

describe("the block page", () => {
  const block = { status: 1111, wait: 5, source: "x5", punish: "deny", uuid: "u" };

  test.each([
    [200, "malformed"],
    [403, "http"],
  ])("with HTTP %i is a throttle", (status, kind) => {
    expect(errorFor(block, status)).toMatchObject({ kind, reason: "throttled", code: null });
    expect(errorFor(undefined, status, "<script>x5secdata</script>")).toMatchObject({ kind, reason: "throttled" });
  });
});

describe("the reason of a refusal", () => {
  const oapi: [RefusedReason, number[]][] = [
    ["code_used", [40029, 40078, 40079, 40102, 42008]],
    ["not_member", [60111, 60120, 60121, 33012]],
    ["permission_missing", [60011, 48002, 43007]],
    ["out_of_scope", [50002, 50004]],
    ["ip_not_allowed", [60020]],
    ["throttled", [90001, 90002, 90017, 90018, 90020]],
    ["wrong_credentials", [40056, 40089, 40096]],
    ["invalid_token", [40001, 40014, 42001, 42002]],
    ["app_disabled", [50003]],
    ["bad_request", [22, 40035, 400002, 41001, 41026, 43001]],
    ["busy", [-1]],
    ["other", [12345, 900001]],
  ];

  test.each(oapi)("S12 is %s for %j, plain or wrapped", (reason, codes) => {
    for (const code of codes) {
      expect(errorFor({ errcode: code })?.reason).toBe(reason);
      expect(errorFor({ errcode: 88, sub_code: String(code) })?.reason).toBe(reason);
    }
  });

  test.each([
    ["code_used", 400, "invalidParameter.authCode.notFound"],
    ["wrong_credentials", 400, "invalidClientIdOrSecret"],
    ["wrong_credentials", 400, "invalid.client"],
    ["wrong_credentials", 401, "unauthorized.client"],
    ["invalid_token", 400, "accesstoken.expired"],
    ["not_member", 404, "invalidParameter.user.notFound"],
    ["permission_missing", 403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"],
    ["ip_not_allowed", 403, "Forbidden.AccessDenied.IpNotInWhiteList"],
    ["throttled", 403, "Forbidden.AccessDenied.QpsLimitForApi"],
    ["throttled", 403, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"],
    ["throttled", 403, "Forbidden.AccessDenied.ApiCountLimitForOrg"],
    ["throttled", 429, "systemBusy"],
    ["busy", 500, "systemBusy"],
    ["busy", 400, "systemError"],
    ["bad_request", 400, "Missingbody"],
    ["bad_request", 404, "InvalidAction.NotFound"],
    ["other", 403, "Forbidden.Something.New"],
  ])("is %s with HTTP %i for %s: the code decides", (reason, status, code) => {
    expect(errorFor({ code }, status)?.reason).toBe(reason);
  });

  test("is unknown for a 403 without a body, which does not count as a missing permission", () => {
    expect(errorFor(undefined, 403)).toMatchObject({ kind: "http", reason: null });
  });
});

test("a code is reduced to the characters of a label, so that it cannot inject text into a log", () => {
  expect(errorFor({ code: "bad\ncode <script>" }, 400)?.code).toBe("bad?code??script?");
});

test("a successful response also has a request id", () => {
  expect(readRequestId(response({ errcode: 0, request_id: "r1" }))).toBe("r1");
});
