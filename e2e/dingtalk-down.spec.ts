import { type SandboxClient } from "../sandbox/control-client";
import { type PlannedFaultInput } from "../sandbox/faults/plan";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import {
  begin,
  comeBack,
  enter,
  expectProfileOf,
  expectSignInPage,
  frameOf,
  isIn,
  scan,
  signInByFrame,
  signInByRedirect,
  troubleOf,
} from "./sign-in-methods";

type Fault = PlannedFaultInput["fault"];

/** Until the test ends; work that the app still does for an earlier test must not use the fault up. */
function failing(dingtalk: SandboxClient, path: string, fault: Fault): Promise<void> {
  return dingtalk.fault({ path, times: 1000, fault });
}

const everything = ["/v1.0/*", "/topapi/*", "/oauth2/*"];

test("S35 the sign-in page stands while DingTalk is down, says so, and recovers", async ({
  page,
  dingtalk,
  complaints,
}) => {
  complaints.allow(/ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/, "the browser reports the connections DingTalk cuts");
  await failing(dingtalk, "/oauth2/*", { kind: "reset" });
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

test("S35 a DingTalk whose login page hangs is given up on, visibly", async ({ page, dingtalk }) => {
  await failing(dingtalk, "/oauth2/*", { kind: "hang" });
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
  for (const path of everything) await failing(dingtalk, path, { kind: "reset" });
  await page.reload();
  await expectProfileOf(page, hanmeimei);
  await page.getByRole("link", { name: "通讯录" }).click();
  await expect(page.getByRole("link", { name: hanmeimei.name })).toBeVisible();
});

test("S35 an admin who asks for somebody unknown while DingTalk is down reads why there is nothing", async ({
  page,
  dingtalk,
}) => {
  await enter(page.context(), dingtalk, hanmeimei);
  await failing(dingtalk, "/topapi/*", { kind: "reset" });
  await page.goto("/admin/employees/user0013");
  await expect(page.getByRole("heading", { level: 1, name: "暂时看不到这位员工" })).toBeVisible();
  await dingtalk.clearFaults();
  await page.getByRole("link", { name: "再试一次" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "徐磊" })).toBeVisible();
});

test("a slow DingTalk still lets in, by frame", async ({ page, dingtalk }) => {
  await dingtalk.settings({ latencyMs: 300 });
  await signInByFrame(page, lilei);
  await expectProfileOf(page, lilei);
});

test("a slow DingTalk still lets in, silently", async ({ openDingTalk, dingtalk }) => {
  await dingtalk.settings({ latencyMs: 300 });
  const { page } = await openDingTalk({ person: lilei, bridge: { answerDelayMs: 400 } });
  await page.goto("/");
  await expectProfileOf(page, lilei);
});

test("S32 a read that fails in passing is made again, unseen", async ({ page, dingtalk, hire }) => {
  await dingtalk.fault({ path: "/topapi/user/getbyunionid", times: 2, fault: { kind: "reset" } });
  const person = await hire();
  await signInByRedirect(page, person);
  await expectProfileOf(page, person);
});

test("S32 a code is never sent twice", async ({ context, dingtalk, hire }) => {
  await dingtalk.fault({ path: "/v1.0/oauth2/userAccessToken", times: 1, fault: { kind: "truncate" } });
  const code = await dingtalk.mintCode({ kind: "auth", userid: (await hire()).userid });
  const answer = await comeBack(context, { code, state: await begin(context, "redirect") });
  expect(answer.pathname).toBe("/login");
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

const spending = "/v1.0/oauth2/userAccessToken";
const membership = "/topapi/user/getbyunionid";
const details = "/topapi/v2/user/get";

/** What DingTalk says, where, what it means for the person at the door, and how the page puts it. */
const refusals: { says: string; path: string; fault: Fault; cause: string; heading: string }[] = [
  {
    says: "no permission (60011)",
    path: membership,
    fault: { kind: "subcode", subcode: "60011", submsg: "应用尚未开通所需的权限" },
    cause: "permission_missing",
    heading: "应用的权限还没有开好",
  },
  {
    says: "no permission on the other host",
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
    says: "the server's address is not allowed (60020)",
    path: membership,
    fault: { kind: "errcode", errcode: 60_020 },
    cause: "ip_not_allowed",
    heading: "钉钉没有放行这台服务器",
  },
  {
    says: "outside the visible range (50002)",
    path: details,
    fault: { kind: "errcode", errcode: 50_002 },
    cause: "out_of_scope",
    heading: "这个应用还没有对你开放",
  },
  {
    says: "wrong credentials",
    path: spending,
    fault: { kind: "status", status: 400, code: "invalidClientIdOrSecret" },
    cause: "wrong_credentials",
    heading: "应用没有通过钉钉的验证",
  },
  {
    says: "the app is disabled (50003)",
    path: details,
    fault: { kind: "errcode", errcode: 50_003 },
    cause: "app_disabled",
    heading: "应用在钉钉里被停用了",
  },
  {
    says: "too many calls",
    path: spending,
    fault: { kind: "status", status: 403, code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" },
    cause: "throttled",
    heading: "登录的人太多了",
  },
  {
    says: "nothing: it is unreachable",
    path: spending,
    fault: { kind: "reset" },
    cause: "dingtalk_unreachable",
    heading: "连不上钉钉",
  },
  {
    says: "HTML instead of JSON",
    path: spending,
    fault: { kind: "html" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
  {
    says: "the block page's JSON",
    path: spending,
    fault: { kind: "blocked" },
    cause: "throttled",
    heading: "登录的人太多了",
  },
  { says: "half an answer", path: spending, fault: { kind: "truncate" }, cause: "dingtalk_", heading: "钉钉" },
  {
    says: "fields of other types",
    path: details,
    fault: { kind: "wrongType" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
  { says: "8 MB", path: spending, fault: { kind: "huge" }, cause: "dingtalk_failed", heading: "钉钉出了点问题" },
  {
    says: "a redirect elsewhere",
    path: spending,
    fault: { kind: "redirect" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
  {
    says: "an internal error",
    path: spending,
    fault: { kind: "status", status: 500, code: "systemError" },
    cause: "dingtalk_failed",
    heading: "钉钉出了点问题",
  },
];

for (const { says, path, fault, cause, heading } of refusals) {
  test(`S8 S12 when DingTalk says ${says}, nobody is in and the page says why`, async ({
    page,
    context,
    dingtalk,
    hire,
  }) => {
    const person = await hire();
    await failing(dingtalk, path, fault);
    const code = await dingtalk.mintCode({ kind: "auth", userid: person.userid });
    const answer = await comeBack(context, { code, state: await begin(context, "redirect") });
    expect(answer.searchParams.get("error")).toContain(cause);
    await page.goto(answer.href);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(page.getByText(answer.searchParams.get("reference") ?? "-")).toBeVisible();
    expect(await isIn(context)).toBe(false);
  });
}

test("S32 a DingTalk that hangs is given up on after its time, and the page says so", async ({
  openDingTalk,
  dingtalk,
  complaints,
}) => {
  complaints.allow(/401/, "the browser reports the answer that refuses");
  await failing(dingtalk, "/topapi/v2/user/getuserinfo", { kind: "hang" });
  const { page } = await openDingTalk({ person: lilei });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "钉钉没有及时回应" })).toBeVisible({ timeout: 15_000 });
  await dingtalk.clearFaults();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expectProfileOf(page, lilei);
});

test("S33 a corp token that DingTalk no longer takes is fetched anew, unseen", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, lilei);
  await dingtalk.settings({ revokeTokens: true });
  await dingtalk.clearCalls();
  await enter(context, dingtalk, lilei);
  const spent = (await dingtalk.calls()).filter(({ path }) => path.endsWith("/token"));
  expect(spent).toHaveLength(1);
});

test("S21 a sign-in on a computer is told in DingTalk, and succeeds when that cannot be told", async ({
  page,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  await signInByRedirect(page, person);
  await expectProfileOf(page, person);
  await expect.poll(async () => (await dingtalk.messages()).flatMap(({ userids }) => userids)).toContain(person.userid);
  await failing(dingtalk, "/topapi/message/*", { kind: "reset" });
  await page.context().clearCookies({ name: "session" });
  await page.goto("/login");
  await frameOf(page).getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, person);
});
