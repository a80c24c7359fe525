import { type BrowserContext } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { expect, lilei, test } from "./fixtures";
import { begin, comeBack, enter, isIn, postSilentCode } from "./sign-in-methods";

function mint(dingtalk: SandboxClient): Promise<string> {
  return dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
}

/** A sign-in that was turned away before DingTalk heard of it, so that the code stays good for its owner. */
async function expectTurnedAway(context: BrowserContext, dingtalk: SandboxClient, answer: URL): Promise<void> {
  expect(answer.pathname).toBe("/login");
  expect(answer.searchParams.get("error")).toBe("state_mismatch");
  expect(answer.searchParams.get("reference")).toBeTruthy();
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toEqual([]);
  expect(await isIn(context)).toBe(false);
}

test("S1 a state that nobody issued is refused", async ({ context, dingtalk }) => {
  await begin(context, "redirect");
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code: await mint(dingtalk), state: "forged" }));
});

test("S1 the state of another browser is refused", async ({ context, openBrowser, dingtalk }) => {
  await begin(context, "redirect");
  const state = await begin(await openBrowser(), "redirect");
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code: await mint(dingtalk), state }));
});

test("S1 a return without a state is refused", async ({ context, dingtalk }) => {
  await begin(context, "redirect");
  const code = await mint(dingtalk);
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code }));
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code, state: "" }));
});

test("S1 a return is refused when state is absent on both sides", async ({ context, dingtalk }) => {
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code: await mint(dingtalk) }));
});

test("S1 a browser that lost its state's cookie is refused", async ({ context, dingtalk }) => {
  const state = await begin(context, "redirect");
  await context.clearCookies();
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code: await mint(dingtalk), state }));
});

test("S1 a state's cookie under another state's name is refused", async ({ context, dingtalk }) => {
  const state = await begin(context, "redirect");
  const [cookie] = (await context.cookies()).filter(({ name }) => name.startsWith("state."));
  const other = await begin(context, "redirect");
  const names = (await context.cookies()).map(({ name }) => name).filter((name) => name.startsWith("state."));
  for (const name of names) if (cookie) await context.addCookies([{ ...cookie, name }]);
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code: await mint(dingtalk), state: other }));
  expect(state).not.toBe(other);
});

test("S1 every sign-in has a state of its own, of 128 bits or more", async ({ context }) => {
  const states = await Promise.all(Array.from({ length: 4 }, () => begin(context, "redirect")));
  expect(new Set(states).size).toBe(4);
  for (const state of states) expect(state.length).toBeGreaterThanOrEqual(22);
});

test("S1 a callback address opened a second time is refused", async ({ page, context, dingtalk }) => {
  const query = { code: await mint(dingtalk), state: await begin(context, "redirect") };
  expect((await comeBack(context, query)).pathname).toBe("/profile");
  await page.goto(`/api/auth/callback/dingtalk?${new URLSearchParams(query)}`);
  await expect(page.getByRole("heading", { level: 1, name: "这次登录已失效" })).toBeVisible();
  await expect(page.getByRole("link", { name: "以李雷的身份继续" })).toBeVisible();
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

test("S3 a code is worth nothing with a second state", async ({ context, dingtalk }) => {
  const [first, second] = [await begin(context, "redirect"), await begin(context, "redirect")];
  const code = await mint(dingtalk);
  expect((await comeBack(context, { code, state: first })).pathname).toBe("/profile");
  expect((await comeBack(context, { code, state: second })).searchParams.get("error")).toBe("code_used");
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

test("S3 of two returns with one code at once, one gets in", async ({ context, dingtalk }) => {
  const query = { code: await mint(dingtalk), state: await begin(context, "redirect") };
  const answers = await Promise.all([comeBack(context, query), comeBack(context, query), comeBack(context, query)]);
  expect(answers.map(({ pathname }) => pathname).sort()).toEqual(["/login", "/login", "/profile"]);
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

test("S3 of two silent sign-ins with one code at once, one gets in", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const answers = await Promise.all([postSilentCode(context, code), postSilentCode(context, code)]);
  expect(answers.map((answer) => answer.status()).sort()).toEqual([200, 401]);
  expect(await dingtalk.calls("/topapi/v2/user/getuserinfo")).toHaveLength(1);
});

test("S3 a stolen callback address is worth nothing in another browser, and its owner still gets in", async ({
  context,
  openBrowser,
  dingtalk,
}) => {
  const query = { code: await mint(dingtalk), state: await begin(context, "redirect") };
  const thief = await openBrowser();
  await expectTurnedAway(thief, dingtalk, await comeBack(thief, query));
  expect((await comeBack(context, query)).pathname).toBe("/profile");
});

test("S2 a frame's state is refused where a redirect returns, and the other way round", async ({
  context,
  dingtalk,
}) => {
  const code = await mint(dingtalk);
  const ofFrame = await begin(context, "frame");
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code, state: ofFrame }));
  const ofRedirect = await begin(context, "redirect");
  await expectTurnedAway(context, dingtalk, await comeBack(context, { code, state: ofRedirect }, "dingtalk-frame"));
});

test("S4 a silent code is no auth code", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const answer = await comeBack(context, { code, state: await begin(context, "redirect") });
  expect(answer.searchParams.get("error")).toBe("code_used");
  expect(await isIn(context)).toBe(false);
});

test("S4 an auth code is no silent code", async ({ context, dingtalk }) => {
  expect((await postSilentCode(context, await mint(dingtalk))).status()).toBe(401);
  expect(await isIn(context)).toBe(false);
});

test("S4 a silent code comes only by POST, an auth code only by DingTalk's redirect", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const silent = await context.request.get(`/api/auth/callback/dingtalk-silent?code=${code}`, { maxRedirects: 0 });
  expect(silent.status()).toBe(405);
  const state = await begin(context, "redirect");
  const posted = await context.request.post("/api/auth/callback/dingtalk", {
    form: { code: await mint(dingtalk), state },
    maxRedirects: 0,
  });
  expect(posted.status()).toBe(405);
  expect(await isIn(context)).toBe(false);
});

test("S8 a return with neither code nor error lets nobody in", async ({ context }) => {
  const answer = await comeBack(context, { state: await begin(context, "redirect") });
  expect(answer.searchParams.get("error")).toBe("bad_request");
  expect(await isIn(context)).toBe(false);
});

test("S13 a silent code without the page's own token is refused unspent", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const data = { code, csrfToken: "0".repeat(64), callbackUrl: "/profile" };
  const answer = await context.request.post("/api/auth/callback/dingtalk-silent", { data });
  expect(answer.status()).toBe(401);
  expect(await dingtalk.calls("/topapi/v2/user/getuserinfo")).toEqual([]);
});

test("S13 a form cannot hand over a silent code", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const form = { code, csrfToken, callbackUrl: "/profile" };
  const answer = await context.request.post("/api/auth/callback/dingtalk-silent", { form });
  expect(answer.status()).toBe(401);
  expect(await isIn(context)).toBe(false);
});

test("S13 another site cannot sign its browser in as somebody of its choice", async ({
  page,
  context,
  dingtalk,
  complaints,
  world,
}) => {
  complaints.allow(/401/, "the browser reports the refused request of the other site");
  const code = await dingtalk.mintCode({ kind: "silent", userid: "user0007" });
  await enter(context, dingtalk, lilei);
  await dingtalk.clearCalls();
  const target = `${world.url}/api/auth/callback/dingtalk-silent`;
  const fields = `<input name="code" value="${code}"><input name="callbackUrl" value="/profile">`;
  const body = `<form method="post" action="${target}">${fields}<button>Win a prize</button></form>`;
  await page.route("https://prizes.test/", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("https://prizes.test/");
  const answering = page.waitForResponse(target);
  await page.getByRole("button", { name: "Win a prize" }).click();
  expect((await answering).status()).toBe(401);
  expect(await dingtalk.calls("/topapi/v2/user/getuserinfo")).toEqual([]);
  await page.goto("/profile");
  await expect(page.getByRole("heading", { level: 1, name: lilei.name })).toBeVisible();
});

const foreign: Record<string, string>[] = [
  { origin: "https://evil.test" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
];

for (const headers of foreign) {
  test(`S13 a silent code is refused from ${JSON.stringify(headers)}`, async ({ context, dingtalk }) => {
    const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
    const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
    const answer = await context.request.post("/api/auth/callback/dingtalk-silent", {
      data: { code, csrfToken },
      headers,
    });
    expect(answer.status()).toBe(401);
    expect(await dingtalk.calls("/topapi/v2/user/getuserinfo")).toEqual([]);
  });
}

test("S13 another site cannot begin a sign-in either", async ({ context }) => {
  const headers = { origin: "https://evil.test", "sec-fetch-site": "cross-site" };
  const answer = await context.request.post("/login/start", { form: { method: "redirect" }, headers, maxRedirects: 0 });
  expect(new URL(answer.headers().location ?? "", answer.url()).searchParams.get("error")).toBe("bad_request");
});
