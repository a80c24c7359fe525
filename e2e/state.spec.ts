import { type BrowserContext } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { expect, lilei, test } from "./fixtures";
import { enter, finishSignIn, isSignedIn, postSilentCode, startSignIn } from "./sign-in";

function mintAuthCode(dingtalk: SandboxClient): Promise<string> {
  return dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
}

/** Expects a refusal before any call to DingTalk, so that the code stays valid for its owner. */
async function expectStateMismatch(context: BrowserContext, dingtalk: SandboxClient, landing: URL): Promise<void> {
  expect(landing.pathname).toBe("/login");
  expect(landing.searchParams.get("error")).toBe("state_mismatch");
  expect(landing.searchParams.get("reference")).toBeTruthy();
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toEqual([]);
  expect(await isSignedIn(context)).toBe(false);
}

test("S1 a state that the app did not issue is refused", async ({ context, dingtalk }) => {
  await startSignIn(context, "redirect");
  await expectStateMismatch(
    context,
    dingtalk,
    await finishSignIn(context, { code: await mintAuthCode(dingtalk), state: "forged" }),
  );
});

test("S1 the state of another browser is refused", async ({ context, openBrowser, dingtalk }) => {
  await startSignIn(context, "redirect");
  const state = await startSignIn(await openBrowser(), "redirect");
  await expectStateMismatch(
    context,
    dingtalk,
    await finishSignIn(context, { code: await mintAuthCode(dingtalk), state }),
  );
});

test("S1 a return without a state is refused", async ({ context, dingtalk }) => {
  await startSignIn(context, "redirect");
  const code = await mintAuthCode(dingtalk);
  await expectStateMismatch(context, dingtalk, await finishSignIn(context, { code }));
  await expectStateMismatch(context, dingtalk, await finishSignIn(context, { code, state: "" }));
});

test("S1 a return is refused when both the query and the cookie have no state", async ({ context, dingtalk }) => {
  await expectStateMismatch(context, dingtalk, await finishSignIn(context, { code: await mintAuthCode(dingtalk) }));
});

test("S1 a browser without the state cookie is refused", async ({ context, dingtalk }) => {
  const state = await startSignIn(context, "redirect");
  await context.clearCookies();
  await expectStateMismatch(
    context,
    dingtalk,
    await finishSignIn(context, { code: await mintAuthCode(dingtalk), state }),
  );
});

test("S1 a state cookie under the name of another state is refused", async ({ context, dingtalk }) => {
  const state = await startSignIn(context, "redirect");
  const [cookie] = (await context.cookies()).filter(({ name }) => name.startsWith("state."));
  const other = await startSignIn(context, "redirect");
  const names = (await context.cookies()).map(({ name }) => name).filter((name) => name.startsWith("state."));
  for (const name of names) if (cookie) await context.addCookies([{ ...cookie, name }]);
  await expectStateMismatch(
    context,
    dingtalk,
    await finishSignIn(context, { code: await mintAuthCode(dingtalk), state: other }),
  );
  expect(state).not.toBe(other);
});

test("S1 every sign-in has its own state of at least 128 bits", async ({ context }) => {
  const states = await Promise.all(Array.from({ length: 4 }, () => startSignIn(context, "redirect")));
  expect(new Set(states).size).toBe(4);
  for (const state of states) expect(state.length).toBeGreaterThanOrEqual(22);
});

test("S1 a callback URL that is opened a second time is refused", async ({ page, context, dingtalk }) => {
  const query = { code: await mintAuthCode(dingtalk), state: await startSignIn(context, "redirect") };
  expect((await finishSignIn(context, query)).pathname).toBe("/profile");
  await page.goto(`/api/auth/callback/dingtalk?${new URLSearchParams(query)}`);
  await expect(page.getByRole("heading", { level: 1, name: "这次登录已失效" })).toBeVisible();
  await expect(page.getByRole("link", { name: "以李雷的身份继续" })).toBeVisible();
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

test("S3 a code cannot be used again with a second state", async ({ context, dingtalk }) => {
  const [first, second] = [await startSignIn(context, "redirect"), await startSignIn(context, "redirect")];
  const code = await mintAuthCode(dingtalk);
  expect((await finishSignIn(context, { code, state: first })).pathname).toBe("/profile");
  expect((await finishSignIn(context, { code, state: second })).searchParams.get("error")).toBe("code_used");
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

test("S3 of concurrent returns with one code, exactly one signs in", async ({ context, dingtalk }) => {
  const query = { code: await mintAuthCode(dingtalk), state: await startSignIn(context, "redirect") };
  const landings = await Promise.all([
    finishSignIn(context, query),
    finishSignIn(context, query),
    finishSignIn(context, query),
  ]);
  expect(landings.map(({ pathname }) => pathname).sort()).toEqual(["/login", "/login", "/profile"]);
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

test("S3 of two concurrent silent sign-ins with one code, exactly one succeeds", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const responses = await Promise.all([postSilentCode(context, code), postSilentCode(context, code)]);
  expect(responses.map((response) => response.status()).sort()).toEqual([200, 401]);
  expect(await dingtalk.calls("/topapi/v2/user/getuserinfo")).toHaveLength(1);
});

test("S3 a stolen callback URL is refused in another browser, and its owner can still sign in", async ({
  context,
  openBrowser,
  dingtalk,
}) => {
  const query = { code: await mintAuthCode(dingtalk), state: await startSignIn(context, "redirect") };
  const thief = await openBrowser();
  await expectStateMismatch(thief, dingtalk, await finishSignIn(thief, query));
  expect((await finishSignIn(context, query)).pathname).toBe("/profile");
});

test("S2 a session has the method that its state was made for", async ({ page, dingtalk }) => {
  const labels = { frame: "扫钉钉二维码", redirect: "在钉钉网页确认" } as const;
  for (const method of ["frame", "redirect"] as const) {
    const code = await mintAuthCode(dingtalk);
    const state = await startSignIn(page.context(), method);
    expect((await finishSignIn(page.context(), { code, state, method: "silent" })).pathname).toBe("/profile");
    await page.goto("/profile");
    await expect(page.getByText(labels[method])).toBeVisible();
  }
});

test("the frame's callback of 0.1.0 leads to the present one", async ({ context }) => {
  const former = await context.request.get("/api/auth/callback/dingtalk-frame?code=c&state=s", { maxRedirects: 0 });
  expect([former.status(), former.headers().location]).toEqual([307, "/api/auth/callback/dingtalk?code=c&state=s"]);
});

test("S4 a silent code is not accepted as an auth code", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const landing = await finishSignIn(context, { code, state: await startSignIn(context, "redirect") });
  expect(landing.searchParams.get("error")).toBe("code_used");
  expect(await isSignedIn(context)).toBe(false);
});

test("S4 an auth code is not accepted as a silent code", async ({ context, dingtalk }) => {
  expect((await postSilentCode(context, await mintAuthCode(dingtalk))).status()).toBe(401);
  expect(await isSignedIn(context)).toBe(false);
});

test("S4 a silent code is accepted only by POST, an auth code only by GET", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const silent = await context.request.get(`/api/auth/callback/dingtalk-silent?code=${code}`, { maxRedirects: 0 });
  expect(silent.status()).toBe(405);
  const state = await startSignIn(context, "redirect");
  const posted = await context.request.post("/api/auth/callback/dingtalk", {
    form: { code: await mintAuthCode(dingtalk), state },
    maxRedirects: 0,
  });
  expect(posted.status()).toBe(405);
  expect(await isSignedIn(context)).toBe(false);
});

test("S8 a return with neither code nor error is refused", async ({ context }) => {
  const landing = await finishSignIn(context, { state: await startSignIn(context, "redirect") });
  expect(landing.searchParams.get("error")).toBe("bad_request");
  expect(await isSignedIn(context)).toBe(false);
});

test("S13 a silent code without a valid CSRF token is refused and not consumed", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const data = { code, csrfToken: "0".repeat(64), callbackUrl: "/profile" };
  const response = await context.request.post("/api/auth/callback/dingtalk-silent", { data });
  expect(response.status()).toBe(401);
  expect(await dingtalk.calls("/topapi/v2/user/getuserinfo")).toEqual([]);
});

test("S13 a form cannot submit a silent code", async ({ context, dingtalk }) => {
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const form = { code, csrfToken, callbackUrl: "/profile" };
  const response = await context.request.post("/api/auth/callback/dingtalk-silent", { form });
  expect(response.status()).toBe(401);
  expect(await isSignedIn(context)).toBe(false);
});

test("S13 another site cannot sign a browser in as another employee", async ({
  page,
  context,
  dingtalk,
  consoleErrors,
  world,
}) => {
  consoleErrors.allow(/401/, "the browser reports the refused request of the other site");
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

const crossSiteHeaders: Record<string, string>[] = [
  { origin: "https://evil.test" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
];

for (const headers of crossSiteHeaders) {
  test(`S13 a silent code is refused with the headers ${JSON.stringify(headers)}`, async ({ context, dingtalk }) => {
    const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
    const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
    const response = await context.request.post("/api/auth/callback/dingtalk-silent", {
      data: { code, csrfToken },
      headers,
    });
    expect(response.status()).toBe(401);
    expect(await dingtalk.calls("/topapi/v2/user/getuserinfo")).toEqual([]);
  });
}

test("S13 another site cannot start a sign-in", async ({ context }) => {
  const headers = { origin: "https://evil.test", "sec-fetch-site": "cross-site" };
  const response = await context.request.post("/login/start", {
    form: { method: "redirect" },
    headers,
    maxRedirects: 0,
  });
  expect(new URL(response.headers().location ?? "", response.url()).searchParams.get("error")).toBe("bad_request");
});
