import { type SandboxClient } from "../sandbox/control-client";
import { type PlannedFaultInput } from "../sandbox/faults/plan";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import {
  enter,
  expectProfileOf,
  expectSignInPage,
  finishSignIn,
  frameOf,
  isSignedIn,
  scan,
  signInByFrame,
  signInByRedirect,
  startSignIn,
  troubleOf,
} from "./sign-in";

type Fault = PlannedFaultInput["fault"];

/** Plans a fault for the rest of the test. The app's late work for an earlier test must not use it up. */
function planFault(dingtalk: SandboxClient, path: string, fault: Fault): Promise<void> {
  return dingtalk.fault({ path, times: 1000, fault });
}

const everything = ["/v1.0/*", "/topapi/*", "/oauth2/*"];

test("S35 while DingTalk is down, the sign-in page works, shows the failure and recovers", async ({
  page,
  dingtalk,
  consoleErrors,
}) => {
  consoleErrors.allow(
    /ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/,
    "the browser reports the connections that DingTalk resets",
  );
  await planFault(dingtalk, "/oauth2/*", { kind: "reset" });
  await page.goto("/login");
  await expect(page.getByText("钉钉的二维码没能打开")).toBeVisible();
  await expectSignInPage(page);
  await page.getByRole("button", { name: "换用钉钉官方二维码" }).click();
  await expect(troubleOf(page)).toContainText("二维码没能打开");
  await dingtalk.clearFaults();
  await page.getByRole("button", { name: "再试一次" }).click();
  const phone = await scan(page, lilei);
  await phone.getByRole("button", { name: "确认登录" }).click();
  await expectProfileOf(page, lilei);
});

test("S35 the sign-in page shows a failure when DingTalk's login page hangs", async ({ page, dingtalk }) => {
  await planFault(dingtalk, "/oauth2/*", { kind: "hang" });
  await page.clock.install();
  await page.goto("/login", { waitUntil: "commit" });
  await expect(page.locator("iframe")).toBeAttached();
  await page.clock.fastForward(12_000);
  await expect(page.getByText("钉钉的二维码没能打开")).toBeVisible();
  await expectSignInPage(page);
});

test("S35 open sessions keep working while DingTalk is down", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto("/profile");
  for (const path of everything) await planFault(dingtalk, path, { kind: "reset" });
  await page.reload();
  await expectProfileOf(page, hanmeimei);
  await page.getByRole("link", { name: "通讯录" }).click();
  await expect(page.getByRole("link", { name: hanmeimei.name })).toBeVisible();
});

test("S35 the page of an unknown employee explains to an admin that DingTalk is down", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, hanmeimei);
  await planFault(dingtalk, "/topapi/*", { kind: "reset" });
  await page.goto("/admin/employees/user0013");
  await expect(page.getByRole("heading", { level: 1, name: "暂时看不到这位员工" })).toBeVisible();
  await dingtalk.clearFaults();
  await page.getByRole("link", { name: "再试一次" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "徐磊" })).toBeVisible();
});

test("a sign-in by frame succeeds while DingTalk is slow", async ({ page, dingtalk }) => {
  await dingtalk.settings({ latencyMs: 300 });
  await signInByFrame(page, lilei);
  await expectProfileOf(page, lilei);
});

test("a silent sign-in succeeds while DingTalk is slow", async ({ openDingTalk, dingtalk }) => {
  await dingtalk.settings({ latencyMs: 300 });
  const { page } = await openDingTalk({ person: lilei, bridge: { answerDelayMs: 400 } });
  await page.goto("/");
  await expectProfileOf(page, lilei);
});

test("S32 a read that fails temporarily is retried, and the employee sees no error", async ({
  page,
  dingtalk,
  hire,
}) => {
  await dingtalk.fault({ path: "/topapi/user/getbyunionid", times: 2, fault: { kind: "reset" } });
  const person = await hire();
  await signInByRedirect(page, person);
  await expectProfileOf(page, person);
});

test("S32 a code is never sent twice", async ({ context, dingtalk, hire }) => {
  await dingtalk.fault({ path: "/v1.0/oauth2/userAccessToken", times: 1, fault: { kind: "truncate" } });
  const code = await dingtalk.mintCode({ kind: "auth", userid: (await hire()).userid });
  const landing = await finishSignIn(context, { code, state: await startSignIn(context, "redirect") });
  expect(landing.pathname).toBe("/login");
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

const exchange = "/v1.0/oauth2/userAccessToken";
const membership = "/topapi/user/getbyunionid";
const details = "/topapi/v2/user/get";

/** DingTalk's response, the call that receives it, the cause of the refusal and the page's heading. */
const refusals: { response: string; path: string; fault: Fault; cause: string; heading: string }[] = [
  {
    response: "no permission (60011)",
    path: membership,
    fault: { kind: "subcode", subcode: "60011", submsg: "应用尚未开通所需的权限" },
    cause: "permission_missing",
    heading: "应用的权限还没有开好",
  },
  {
    response: "no permission on the api host",
    path: "/v1.0/contact/users/me",
    fault: {
      kind: "status",
      status: 403,
      code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
      requiredScopes: ["Contact.User.Read"],
    },
    cause: "permission_missing",
    heading: "应用的权限还没有开好",
  },
  {
    response: "that the server's address is not allowed (60020)",
    path: membership,
    fault: { kind: "errcode", errcode: 60_020 },
    cause: "ip_not_allowed",
    heading: "钉钉没有放行这台服务器",
  },
  {
    response: "that the employee is outside the visible range (50002)",
    path: details,
    fault: { kind: "errcode", errcode: 50_002 },
    cause: "out_of_scope",
    heading: "这个应用还没有对你开放",
  },
  {
    response: "wrong credentials",
    path: exchange,
    fault: { kind: "status", status: 400, code: "invalidClientIdOrSecret" },
    cause: "wrong_credentials",
    heading: "应用没有通过钉钉的验证",
  },
  {
    response: "that the app is disabled (50003)",
    path: details,
    fault: { kind: "errcode", errcode: 50_003 },
    cause: "app_disabled",
    heading: "应用在钉钉里被停用了",
  },
  {
    response: "too many calls",
    path: exchange,
    fault: { kind: "status", status: 403, code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" },
    cause: "throttled",
    heading: "登录的人太多了",
  },
  {
    response: "nothing, because it is unreachable",
    path: exchange,
    fault: { kind: "reset" },
    cause: "dingtalk_unreachable",
    heading: "连不上钉钉",
  },
  {
    response: "HTML instead of JSON",
    path: exchange,
    fault: { kind: "html" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
  {
    response: "the block page's JSON",
    path: exchange,
    fault: { kind: "blocked" },
    cause: "throttled",
    heading: "登录的人太多了",
  },
  { response: "half a response", path: exchange, fault: { kind: "truncate" }, cause: "dingtalk_", heading: "钉钉" },
  {
    response: "fields of other types",
    path: details,
    fault: { kind: "wrongType" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
  { response: "8 MB", path: exchange, fault: { kind: "huge" }, cause: "dingtalk_failed", heading: "钉钉出了点问题" },
  {
    response: "a redirect to another URL",
    path: exchange,
    fault: { kind: "redirect" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
  {
    response: "an internal error",
    path: exchange,
    fault: { kind: "status", status: 500, code: "systemError" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
];

for (const { response, path, fault, cause, heading } of refusals) {
  test(`S8 S12 when DingTalk answers ${response}, no session is created and the page shows the cause`, async ({
    page,
    context,
    dingtalk,
    hire,
  }) => {
    const person = await hire();
    await planFault(dingtalk, path, fault);
    const code = await dingtalk.mintCode({ kind: "auth", userid: person.userid });
    const landing = await finishSignIn(context, { code, state: await startSignIn(context, "redirect") });
    expect(landing.searchParams.get("error")).toContain(cause);
    await page.goto(landing.href);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(page.getByText(landing.searchParams.get("reference") ?? "-")).toBeVisible();
    expect(await isSignedIn(context)).toBe(false);
  });
}

test("S32 a call to a DingTalk that hangs times out, and the page shows the failure", async ({
  openDingTalk,
  dingtalk,
  consoleErrors,
}) => {
  consoleErrors.allow(/401/, "the browser reports the status of the refusal");
  await planFault(dingtalk, "/topapi/v2/user/getuserinfo", { kind: "hang" });
  const { page } = await openDingTalk({ person: lilei });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "钉钉没有及时回应" })).toBeVisible({ timeout: 15_000 });
  await dingtalk.clearFaults();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expectProfileOf(page, lilei);
});

test("S33 a corp token that DingTalk no longer accepts is replaced, and the sign-in succeeds", async ({
  context,
  dingtalk,
}) => {
  await enter(context, dingtalk, lilei);
  await dingtalk.settings({ revokeTokens: true });
  await dingtalk.clearCalls();
  await enter(context, dingtalk, lilei);
  const tokenCalls = (await dingtalk.calls()).filter(({ path }) => path.endsWith("/token"));
  expect(tokenCalls).toHaveLength(1);
});

test("S21 DingTalk notifies the employee of a sign-in on a computer, and the sign-in succeeds without the notification", async ({
  page,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  await signInByRedirect(page, person);
  await expectProfileOf(page, person);
  await expect.poll(async () => (await dingtalk.messages()).flatMap(({ userids }) => userids)).toContain(person.userid);
  await planFault(dingtalk, "/topapi/message/*", { kind: "reset" });
  await page.context().clearCookies({ name: "session" });
  await page.goto("/login");
  await frameOf(page).getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, person);
});
