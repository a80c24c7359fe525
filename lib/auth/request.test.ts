import { eq } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import { afterEach, describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { createBrowser } from "../../test/browser";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld, goodSettings, withSingleton } from "../../test/world";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { env } from "../env";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { endSessions, findLiveSession } from "../sessions/session";
import { callbackPath } from "../sign-in-method";

vi.mock("next/server", async (original) => ({ ...(await original<object>()), after: () => {} }));

const { dingtalk, lines } = createWorld();

const own = goodSettings.NEXTAUTH_URL;
const lilei = buildEmployee("user0001", { name: "李雷", mobile: "13800000001" });
const hanmeimei = buildEmployee("user0002", { name: "韩梅梅" });
const sessionCookie = "__Host-session";

type Browser = ReturnType<typeof createBrowser>;

let codes = 0;
function authCode(unionId: string = lilei.unionId): string {
  codes += 1;
  return `${unionId}/auth-code-${codes}`;
}

function silentCode(userId: string = lilei.userId): string {
  codes += 1;
  return `${userId}/silent-code-${codes}`;
}

async function sessionIdIn({ jar }: Browser): Promise<string> {
  const token = await decode({ token: jar.get(sessionCookie) ?? "", secret: env().NEXTAUTH_SECRET });
  return token?.sessionId ?? "";
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return browser.jar.has(sessionCookie) && (await findLiveSession(await sessionIdIn(browser))) !== null;
}

/** Expects a response that leads to the sign-in page with this reason, and no session. */
async function expectRefused(browser: Browser, response: Response, refusal: string): Promise<void> {
  const address = response.headers.get("location") ?? (await response.json()).url;
  const url = new URL(address, own);
  expect(url.origin + url.pathname).toBe(`${own}/login`);
  expect(url.searchParams.get("error")).toBe(refusal);
  expect(url.searchParams.get("reference")).toMatch(/^[2-9A-Z]{8}$/);
  expect(response.headers.getSetCookie().join()).not.toContain(`${sessionCookie}=ey`);
  expect(browser.jar.has(sessionCookie)).toBe(false);
  expect(await db.select().from(sessions)).toEqual([]);
}

afterEach(() => {
  // No test may log a code, a token, a state or a session id. (S7)
  expect(lines.join()).not.toMatch(/auth-code-|silent-code-|token-of-/);
});

describe.each(["frame", "redirect"] as const)("sign-in by %s", (method) => {
  test.each(["code", "authCode"])("signs in an employee when DingTalk returns the code as %s", async (parameter) => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const state = await browser.begin(method, "/profile?tab=1");
    const response = await browser.returnFromDingTalk({ [parameter]: authCode(), state });
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(`${own}/profile?tab=1`);
    expect(await isSignedIn(browser)).toBe(true);
    expect(await db.select().from(sessions)).toMatchObject([{ userId: "user0001", method }]);
  });

  test("starts at DingTalk with our own callback address and the least scope (S5, S6)", async () => {
    const browser = createBrowser();
    const response = await browser.postForm("/login/start", { method, returnTo: "/profile" });
    const url = new URL(method === "frame" ? (await response.json()).url : (response.headers.get("location") ?? ""));
    expect(url.origin + url.pathname).toBe("https://login.dingtalk.com/oauth2/auth");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: goodSettings.DINGTALK_CLIENT_ID,
      redirect_uri: `${own}/api/auth/callback/dingtalk`,
      response_type: "code",
      scope: "openid",
      prompt: "consent",
      state: expect.stringMatching(/^[\w-]{22,}$/),
      ...(method === "frame" && { iframe: "true" }),
    });
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("S1 refuses a callback without a state, with and without a state in the browser", async () => {
    dingtalk.addEmployees(lilei);
    const [fresh, begun] = [createBrowser(), createBrowser()];
    await begun.begin(method);
    for (const browser of [fresh, begun]) {
      await expectRefused(browser, await browser.returnFromDingTalk({ code: authCode() }), "state_mismatch");
      await expectRefused(browser, await browser.returnFromDingTalk({ code: authCode(), state: "" }), "state_mismatch");
    }
    expect(dingtalk.calls).toEqual([]);
  });

  test("S1 refuses a state that this app did not make", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    await browser.begin(method);
    const response = await browser.returnFromDingTalk({ code: authCode(), state: "made-up-state-of-an-attacker" });
    await expectRefused(browser, response, "state_mismatch");
    expect(dingtalk.calls).toEqual([]);
  });

  test("S1 refuses another browser's state, so that an attacker's code cannot sign in a victim's browser", async () => {
    dingtalk.addEmployees(lilei);
    const [attacker, victim] = [createBrowser(), createBrowser()];
    const state = await attacker.begin(method);
    await victim.begin(method);
    await expectRefused(victim, await victim.returnFromDingTalk({ code: authCode(), state }), "state_mismatch");
    expect(dingtalk.calls).toEqual([]);
  });

  test("S1 refuses a cookie that was copied under another state's name", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    await browser.begin(method);
    const [[, sealed] = ["", ""]] = browser.jar.entries().filter(([name]) => name.startsWith("__Host-state."));
    const forged = "made-up-state-of-an-attacker";
    browser.jar.set(`__Host-state.${hashSecret(forged).slice(0, 8)}`, sealed);
    browser.jar.set("__Host-state", sealed);
    await expectRefused(
      browser,
      await browser.returnFromDingTalk({ code: authCode(), state: forged }),
      "state_mismatch",
    );
    expect(dingtalk.calls).toEqual([]);
  });

  test("S1 refuses a state that arrived without a code before, even when its cookie was restored", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const state = await browser.begin(method);
    const before = browser.jar.entries();
    await expectRefused(browser, await browser.returnFromDingTalk({ state }), "bad_request");
    for (const [name, value] of before) browser.jar.set(name, value);
    await expectRefused(browser, await browser.returnFromDingTalk({ code: authCode(), state }), "state_mismatch");
    expect(dingtalk.calls).toEqual([]);
  });

  test("S1 refuses a state the second time, even when its cookie was restored", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const state = await browser.begin(method);
    const before = browser.jar.entries();
    await browser.returnFromDingTalk({ code: authCode(), state });
    const first = await sessionIdIn(browser);
    const asked = dingtalk.calls.length;
    const again = await browser.returnFromDingTalk({ code: authCode(), state });
    expect(again.headers.get("location")).toContain("error=state_mismatch");
    for (const [name, value] of before) browser.jar.set(name, value);
    const restored = await browser.returnFromDingTalk({ code: authCode(), state });
    expect(restored.headers.get("location")).toContain("error=state_mismatch");
    expect(dingtalk.calls).toHaveLength(asked);
    expect(await findLiveSession(first)).not.toBeNull();
  });

  test("S2 a state made for this method leads to a session of this method, whatever the address says", async () => {
    dingtalk.addEmployees(lilei);
    const other = method === "frame" ? "redirect" : "frame";
    const browser = createBrowser();
    const state = await browser.begin(method);
    await browser.returnFromDingTalk({ code: authCode(), state, method: other });
    expect(await db.select().from(sessions)).toMatchObject([{ method }]);
  });

  test("S3 refuses a code that was used, under a new state", async () => {
    dingtalk.addEmployees(lilei);
    const [first, second] = [createBrowser(), createBrowser()];
    const code = authCode();
    await first.returnFromDingTalk({ code, state: await first.begin(method) });
    const response = await second.returnFromDingTalk({ code, state: await second.begin(method) });
    expect(response.headers.get("location")).toContain("error=code_used");
    expect(second.jar.has(sessionCookie)).toBe(false);
    expect(dingtalk.calls.filter((call) => call === "exchangeAuthCode")).toHaveLength(1);
  });

  test("S1 consumes the state when the person declined, and the refusal leads back to the requested page", async () => {
    const browser = createBrowser();
    const state = await browser.begin(method, "/admin/employees");
    const response = await browser.returnFromDingTalk({ error: "access_denied", state });
    expect(new URL(response.headers.get("location") ?? "", own).searchParams.get("returnTo")).toBe("/admin/employees");
    await expectRefused(browser, response, "denied");
  });

  test("S1 refuses a state that was declined, even when its cookie was restored", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const state = await browser.begin(method);
    const before = browser.jar.entries();
    await browser.returnFromDingTalk({ error: "access_denied", state });
    expect(browser.jar.names().filter((name) => name.startsWith("__Host-state."))).toEqual([]);
    for (const [name, value] of before) browser.jar.set(name, value);
    await expectRefused(browser, await browser.returnFromDingTalk({ code: authCode(), state }), "state_mismatch");
    expect(dingtalk.calls).toEqual([]);
  });

  test("S1 ignores a denial whose state this browser did not begin", async () => {
    const browser = createBrowser();
    const response = await browser.returnFromDingTalk({ error: "<script>", state: "made-up" });
    await expectRefused(browser, response, "state_mismatch");
  });

  test("S8 refuses a callback without a code", async () => {
    const browser = createBrowser();
    const response = await browser.returnFromDingTalk({ state: await browser.begin(method) });
    await expectRefused(browser, response, "bad_request");
    expect(dingtalk.calls).toEqual([]);
  });

  test.each(["POST", "PUT"] as const)("S4 answers %s with 405 and consumes nothing", async (verb) => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const state = await browser.begin(method);
    const path = `${callbackPath(method)}?code=${authCode()}&state=${state}`;
    const response = await browser.send(path, { method: verb, body: "" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
    expect(dingtalk.calls).toEqual([]);
    await browser.returnFromDingTalk({ code: authCode(), state });
    expect(await isSignedIn(browser)).toBe(true);
  });

  test("S13 starts nothing for another site's form", async () => {
    const browser = createBrowser();
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      const response = await browser.postForm("/login/start", { method }, headers);
      const answer = method === "frame" ? (await response.json()).error : response.headers.get("location");
      expect(answer).toContain("bad_request");
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  test.each(["//evil.example", "https://evil.example/", "/\\evil.example", "/login"])(
    "S5 leads only to this app when %s was requested",
    async (returnTo) => {
      dingtalk.addEmployees(lilei);
      const browser = createBrowser();
      const response = await browser.returnFromDingTalk({
        code: authCode(),
        state: await browser.begin(method, returnTo),
      });
      expect(response.headers.get("location")).toBe(`${own}/profile`);
    },
  );

  test("S5 leads only to this app when the return-to cookie was changed", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const state = await browser.begin(method);
    browser.jar.set("__Host-return-to", encodeURIComponent("https://evil.example/profile"));
    const response = await browser.returnFromDingTalk({ code: authCode(), state });
    expect(new URL(response.headers.get("location") ?? "", own).origin).toBe(own);
  });
});

describe("two tabs of one browser", () => {
  test("both sign in, in any order", async () => {
    dingtalk.addEmployees(lilei);
    for (const isReversed of [false, true]) {
      const browser = createBrowser();
      const begun = [
        { state: await browser.begin("frame", "/profile?tab=1"), returnTo: "/profile?tab=1" },
        { state: await browser.begin("redirect", "/sessions"), returnTo: "/sessions" },
      ];
      for (const { state, returnTo } of isReversed ? begun.reverse() : begun) {
        const response = await browser.returnFromDingTalk({ code: authCode(), state });
        expect(response.headers.get("location")).toBe(own + returnTo);
        expect(await isSignedIn(browser)).toBe(true);
      }
    }
  });

  test("leave at most five state cookies when none finishes", async () => {
    const browser = createBrowser();
    for (let tab = 0; tab < 12; tab++) await browser.begin("frame");
    expect(browser.jar.names().filter((name) => name.startsWith("__Host-state"))).toHaveLength(5);
    dingtalk.addEmployees(lilei);
    await browser.returnFromDingTalk({ code: authCode(), state: await browser.begin("frame") });
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe("silent sign-in", () => {
  test("signs in an employee and returns the address to open", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const response = await browser.signInSilently(silentCode());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ url: `${own}/profile` });
    expect(await isSignedIn(browser)).toBe(true);
  });

  test.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("S13 refuses another site: %o", async (headers) => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const response = await browser.signInSilently(silentCode(), headers);
    expect(response.status).toBe(401);
    await expectRefused(browser, response, "bad_request");
    expect(dingtalk.calls).toEqual([]);
  });

  test.each(["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""])(
    "S13 refuses a body of type %j, which another site's form could send",
    async (contentType) => {
      dingtalk.addEmployees(lilei);
      const browser = createBrowser();
      const fields = { code: silentCode(), csrfToken: await browser.csrfToken() };
      const response = await browser.postForm(callbackPath("silent"), fields, {
        "content-type": contentType,
      });
      await expectRefused(browser, response, "bad_request");
      expect(dingtalk.calls).toEqual([]);
    },
  );

  test("S13 refuses a missing CSRF token, a wrong one, and another browser's", async () => {
    dingtalk.addEmployees(lilei);
    const stranger = createBrowser();
    const foreign = await stranger.csrfToken();
    for (const csrfToken of [undefined, "", "0".repeat(64), foreign]) {
      const browser = createBrowser();
      await browser.csrfToken();
      const response = await browser.postJson(callbackPath("silent"), { code: silentCode(), csrfToken });
      await expectRefused(browser, response, "state_mismatch");
    }
    expect(dingtalk.calls).toEqual([]);
  });

  test("S13 refuses a CSRF token whose cookie the browser does not have", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const csrfToken = await browser.csrfToken();
    browser.jar.clear();
    const response = await browser.postJson(callbackPath("silent"), { code: silentCode(), csrfToken });
    await expectRefused(browser, response, "state_mismatch");
  });

  test("S4 accepts no code from the address", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const response = await browser.send(`${callbackPath("silent")}?code=${silentCode()}`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    const csrfToken = await browser.csrfToken();
    const posted = await browser.postJson(`${callbackPath("silent")}?code=${silentCode()}`, { csrfToken });
    await expectRefused(browser, posted, "bad_request");
    expect(dingtalk.calls).toEqual([]);
  });

  test.each([undefined, "", 7, ["x"], { a: 1 }, "x".repeat(513)])("S34 refuses %j as a code", async (code) => {
    const browser = createBrowser();
    const csrfToken = await browser.csrfToken();
    const response = await browser.postJson(callbackPath("silent"), { code, csrfToken });
    expect(response.status).toBe(401);
    expect(dingtalk.calls).toEqual([]);
    expect(browser.jar.has(sessionCookie)).toBe(false);
  });

  test("S34 refuses a body that is too long or no JSON", async () => {
    const browser = createBrowser();
    const csrfToken = await browser.csrfToken();
    const headers = { "content-type": "application/json" };
    for (const body of ["{", "[]", "null", JSON.stringify({ code: "c", csrfToken, more: "x".repeat(20_000) })]) {
      const init = { method: "POST", body, headers } as const;
      const response = await browser.send(callbackPath("silent"), init);
      await expectRefused(browser, response, "state_mismatch");
    }
  });

  test("S14 does not replace another employee's session, while a QR sign-in does (S23)", async () => {
    dingtalk.addEmployees(lilei, hanmeimei);
    const browser = createBrowser();
    await browser.signInSilently(silentCode("user0001"));
    const first = await sessionIdIn(browser);
    const refused = await browser.signInSilently(silentCode("user0002"));
    expect((await refused.json()).url).toContain("error=other_person");
    expect(await sessionIdIn(browser)).toBe(first);
    expect(await isSignedIn(browser)).toBe(true);
    await browser.returnFromDingTalk({ code: authCode(hanmeimei.unionId), state: await browser.begin("redirect") });
    expect(await findLiveSession(first)).toBeNull();
    expect((await findLiveSession(await sessionIdIn(browser)))?.employee.userId).toBe("user0002");
  });
});

describe("the cookies", () => {
  async function signIn() {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const state = await browser.begin("redirect");
    const response = await browser.returnFromDingTalk({ code: authCode(), state });
    return { browser, state, lines: response.headers.getSetCookie() };
  }

  test("S23 are bound to this host, out of reach for scripts and sent only over https", async () => {
    const { lines: set } = await signIn();
    expect(set.length).toBeGreaterThan(1);
    for (const line of set) {
      expect(line).toMatch(/^__Host-/);
      for (const attribute of [/; Path=\/(;|$)/, /; HttpOnly/, /; Secure/, /; SameSite=Lax/i])
        expect(line).toMatch(attribute);
      expect(line).not.toMatch(/; Domain=/i);
    }
    expect(set.some((line) => line.startsWith(`${sessionCookie}=`))).toBe(true);
  });

  test("S1 of a state last fifteen minutes and are removed once it is used", async () => {
    const browser = createBrowser();
    const begun = await browser.postForm("/login/start", { method: "redirect", returnTo: "/" });
    const line = begun.headers.getSetCookie().find((set) => set.startsWith("__Host-state.")) ?? "";
    const lifeMs = Date.parse(/Expires=([^;]+)/.exec(line)?.[1] ?? "") - Date.now();
    expect(lifeMs).toBeGreaterThan(14 * 60_000);
    expect(lifeMs).toBeLessThanOrEqual(15 * 60_000);
    const { browser: done } = await signIn();
    expect(done.jar.names().filter((name) => name.startsWith("__Host-state"))).toEqual([]);
  });

  test("S7 of a session hold its id and nothing else", async () => {
    const { browser } = await signIn();
    const token = await decode({ token: browser.jar.get(sessionCookie) ?? "", secret: env().NEXTAUTH_SECRET });
    const { sessionId, iat, exp, jti, ...more } = token ?? {};
    expect(sessionId).toMatch(/^[\w-]{43}$/);
    expect(more).toEqual({});
    expect([typeof iat, typeof exp, typeof jti]).toEqual(["number", "number", "string"]);
  });

  test("S1 of a state are sealed: neither their value nor their name shows the state", async () => {
    const browser = createBrowser();
    const state = await browser.begin("redirect");
    expect(JSON.stringify(browser.jar.entries())).not.toContain(state);
  });

  test("S15 that mark a sign-out are removed by the next sign-in", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    browser.jar.set("__Host-signed-out", "1");
    await browser.returnFromDingTalk({ code: authCode(), state: await browser.begin("redirect") });
    expect(browser.jar.has("__Host-signed-out")).toBe(false);
  });
});

describe("next-auth's session endpoint", () => {
  async function signedIn() {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    await browser.signInSilently(silentCode());
    return browser;
  }

  test("S29 returns the name and the expiry and nothing else", async () => {
    const response = await (await signedIn()).send("/api/auth/session");
    expect(await response.json()).toEqual({ user: { name: "李雷" }, expires: expect.any(String) });
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("S25 returns nothing once the session is revoked, and removes the cookie", async () => {
    const browser = await signedIn();
    await endSessions(db, { corpId: ownCorpId(), userId: "user0001" }, "revoked");
    expect(await (await browser.send("/api/auth/session")).json()).toEqual({});
    expect(browser.jar.has(sessionCookie)).toBe(false);
  });

  test.each(["", "garbage", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c"])(
    "S30 returns nothing for the cookie %j",
    async (cookie) => {
      const browser = createBrowser();
      browser.jar.set(sessionCookie, cookie);
      expect(await (await browser.send("/api/auth/session")).json()).toEqual({});
    },
  );

  test("S25 S35 says 503 and keeps the cookie while the database does not answer", async () => {
    const browser = await signedIn();
    await withSingleton("database", { database: null }, async () => {
      const response = await browser.send("/api/auth/session");
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("10");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.getSetCookie()).toEqual([]);
      expect((await browser.postJson("/api/auth/session", {})).status).toBe(503);
    });
    expect(await (await browser.send("/api/auth/session")).json()).toMatchObject({ user: { name: "李雷" } });
  });

  test("S30 returns nothing for a state's cookie in place of the session's", async () => {
    const browser = createBrowser();
    await browser.begin("redirect");
    const [[, sealed] = ["", ""]] = browser.jar.entries().filter(([name]) => name.startsWith("__Host-state."));
    const other = createBrowser();
    other.jar.set(sessionCookie, sealed);
    expect(await (await other.send("/api/auth/session")).json()).toEqual({});
  });

  test("accepts no session data from the browser", async () => {
    const browser = await signedIn();
    const before = await sessionIdIn(browser);
    const csrfToken = await browser.csrfToken();
    await browser.postJson("/api/auth/session", { csrfToken, data: "x", sessionId: "x" });
    expect(await sessionIdIn(browser)).toBe(before);
  });
});

describe("signing out through next-auth", () => {
  async function signedIn() {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    await browser.signInSilently(silentCode());
    return { browser, sessionId: await sessionIdIn(browser) };
  }

  test("S15 ends the session, clears the cookie, marks the sign-out against silent sign-in, and is audited", async () => {
    const { browser, sessionId } = await signedIn();
    await browser.postForm("/api/auth/signout", { csrfToken: await browser.csrfToken() });
    expect(await findLiveSession(sessionId)).toBeNull();
    expect(browser.jar.has(sessionCookie)).toBe(false);
    expect(browser.jar.get("__Host-signed-out")).toBe("1");
    const kinds = (await recordedEvents()).map(({ kind }) => kind);
    expect(kinds).toEqual(["signed_in", "signed_out"]);
    const [row] = await db
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, hashSecret(sessionId)));
    expect(row?.endReason).toBe("signed_out");
  });

  test("S13 does nothing for another site, without the CSRF token, or by GET", async () => {
    const { browser, sessionId } = await signedIn();
    const csrfToken = await browser.csrfToken();
    await browser.postForm("/api/auth/signout", { csrfToken }, { origin: "https://evil.example" });
    await browser.postForm("/api/auth/signout", {});
    await browser.send("/api/auth/signout");
    expect(await findLiveSession(sessionId)).not.toBeNull();
    expect(browser.jar.has("__Host-signed-out")).toBe(false);
  });
});

describe("every other address of next-auth", () => {
  test.each(["_log", "unknown", "constructor", "__proto__", "verify-request"])("%s does not exist", async (action) => {
    const browser = createBrowser();
    const before = lines.length;
    expect((await browser.send(`/api/auth/${action}`)).status).toBe(404);
    const report = { level: "error", code: "written by a stranger", message: "x" };
    expect((await browser.postJson(`/api/auth/${action}`, report)).status).toBe(404);
    expect(lines).toHaveLength(before);
  });

  test.each(['x\r\n{"level":30,"msg":"FORGED"}', "unknown", ""])("S37 refuses the error %j", async (word) => {
    const before = lines.length;
    for (const query of [
      new URLSearchParams([["error", word]]),
      `error=Callback&${new URLSearchParams({ error: word })}`,
    ])
      expect((await createBrowser().send(`/api/auth/error?${query}`)).status).toBe(400);
    expect(lines).toHaveLength(before);
  });

  test.each(["Configuration", "AccessDenied", "outsider"])(
    "S38 shows the error %s on the sign-in page",
    async (word) => {
      const response = await createBrowser().send(`/api/auth/error?error=${word}`);
      expect(response.headers.get("location")).toBe(`/login?error=${word}`);
    },
  );

  test.each(["constructor", "__proto__", "toString", "github", ""])(
    "S2 a callback of %j signs in no one",
    async (provider) => {
      dingtalk.addEmployees(lilei);
      const browser = createBrowser();
      const state = await browser.begin("redirect");
      const response = await browser.send(`/api/auth/callback/${provider}?code=${authCode()}&state=${state}`);
      expect(response.status).toBe(400);
      expect(browser.jar.has(sessionCookie)).toBe(false);
      expect(dingtalk.calls).toEqual([]);
      expect(await recordedEvents()).toEqual([]);
    },
  );

  test("S2 a state begun through next-auth's own form is bound and named like any other", async () => {
    dingtalk.addEmployees(lilei);
    const browser = createBrowser();
    const fields = { csrfToken: await browser.csrfToken(), callbackUrl: "https://evil.example/", json: "true" };
    const { url } = await (await browser.postForm("/api/auth/signin/dingtalk", fields)).json();
    const state = new URL(url).searchParams.get("state") ?? "";
    const response = await browser.returnFromDingTalk({ code: authCode(), state });
    expect(response.headers.get("location")).toBe(`${own}/profile`);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test("S5 no host from a request header appears in a response", async () => {
    const browser = createBrowser();
    const headers = { "x-forwarded-host": "evil.example", host: "evil.example", "x-forwarded-proto": "http" };
    for (const path of ["/api/auth/signin", "/api/auth/providers", "/api/auth/error", "/api/auth/signout"]) {
      const response = await browser.send(path, { headers });
      expect(`${response.headers.get("location")}${await response.text()}`).not.toContain("evil.example");
    }
  });
});
