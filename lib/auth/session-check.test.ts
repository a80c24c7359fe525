import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { Cookie } from "tough-cookie";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createBrowser, serve } from "../../test/browser";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld, goodSettings } from "../../test/world";
import { db } from "../db/client";
import { ownCorpId } from "../services";
import { endSessions } from "../sessions/session";
import { authOptions } from "./options";
import { completeAuth } from "./request";
import { seal, unseal } from "./seal";
import { askViewer } from "./viewer";

vi.mock("next/server", async (original) => ({ ...(await original<object>()), after: () => {} }));
vi.mock("next-auth", async (original) => ({
  default: vi.fn((await original<{ default: typeof NextAuth }>()).default),
}));

const { dingtalk } = createWorld();

const path = "/api/auth/session";
const sessionCookie = "__Host-session";
const nextAuth = vi.mocked(NextAuth);

type Browser = ReturnType<typeof createBrowser>;

// The dates in cookies and bodies are then the same for both answers.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() }));
afterEach(() => vi.useRealTimers());

async function signedIn(): Promise<Browser> {
  dingtalk.addEmployees(buildEmployee("user0001", { name: "李雷" }));
  const browser = createBrowser();
  await browser.signInSilently(`user0001/${crypto.randomUUID()}`);
  return browser;
}

/** What next-auth itself answers to this browser. */
async function askNextAuth(browser: Browser, body?: object): Promise<Response> {
  const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const headers = { cookie: browser.jar.header(), "content-type": "application/json" };
  return serve(new NextRequest(goodSettings.NEXTAUTH_URL + path, { ...init, headers }), async (request) => {
    const { viewer } = await askViewer();
    const options = authOptions({ providers: [], returnTo: "/profile", viewer });
    const context = { params: Promise.resolve({ nextauth: ["session"] }) };
    return completeAuth(await NextAuth(request, context, options), { request, options, returnTo: "/profile" });
  });
}

/** Everything that a client sees of an answer. Of a sealed cookie the claims, since its bytes differ each time. */
async function describeAnswer(response: Response) {
  // test/browser.ts repeats in the second one the cookies that were set through Next.
  const { "set-cookie": _, "x-middleware-set-cookie": __, ...headers } = Object.fromEntries(response.headers);
  const cookies = await Promise.all(response.headers.getSetCookie().map(describeCookie));
  return { status: response.status, headers, body: await response.text(), cookies };
}

async function describeCookie(line: string) {
  const { key, value, expires, maxAge, domain, path, secure, httpOnly, sameSite } = Cookie.parse(line) ?? new Cookie();
  const { jti, ...claims } = (await unseal("", value)) ?? {};
  const content = jti ? claims : value;
  return { key, content, expires, maxAge, domain, path, secure, httpOnly, sameSite };
}

/** Sends the same request to the app and to next-auth, and expects the same answer. */
async function expectSame(browser: Browser, body?: object): Promise<void> {
  const theirs = await describeAnswer(await askNextAuth(browser, body));
  nextAuth.mockClear();
  const ours = await (body ? browser.postJson(path, body) : browser.send(path));
  expect(await describeAnswer(ours)).toEqual(theirs);
}

describe("the check of a session has the answer that next-auth gives", () => {
  test("when the session is live, without asking next-auth", async () => {
    const browser = await signedIn();
    await expectSame(browser);
    expect(nextAuth).not.toHaveBeenCalled();
    const answer = await describeAnswer(await browser.send(path));
    expect(answer.body).toMatch(/^{"expires":"[^"]+Z","user":{"name":"李雷"}}$/);
    expect(answer.cookies).toMatchObject([{ key: sessionCookie, secure: true, httpOnly: true, sameSite: "lax" }]);
  });

  test("when the session is live and next-auth's other cookies are missing", async () => {
    const browser = await signedIn();
    const sealed = browser.jar.get(sessionCookie) ?? "";
    browser.jar.clear();
    browser.jar.set(sessionCookie, sealed);
    nextAuth.mockClear();
    const answer = await describeAnswer(await browser.send(path));
    expect(nextAuth).toHaveBeenCalledOnce();
    expect(answer.cookies.map(({ key }) => key)).toEqual(["__Host-csrf-token", "__Host-return-to", sessionCookie]);
  });

  test("when there is none", async () => {
    const browser = createBrowser();
    await browser.csrfToken();
    await expectSame(browser);
  });

  test("S25 when the session was revoked: the cookie is deleted", async () => {
    const browser = await signedIn();
    await endSessions(db, { corpId: ownCorpId(), userId: "user0001" }, "revoked");
    await expectSame(browser);
    expect(browser.jar.has(sessionCookie)).toBe(false);
  });

  test.each<[string, () => Promise<string>]>([
    ["expired", () => seal("", { sessionId: "x" }, -60)],
    ["of another purpose", () => seal("state", { sessionId: "x" }, 60)],
    ["without a session id", () => seal("", {}, 60)],
    ["malformed", async () => "garbage"],
    ["empty", async () => ""],
  ])("S30 when the cookie is %s", async (_name, make) => {
    const browser = createBrowser();
    await browser.csrfToken();
    browser.jar.set(sessionCookie, await make());
    await expectSame(browser);
  });

  test("S30 when the cookie comes in parts, with and without a whole one", async () => {
    const browser = await signedIn();
    const whole = browser.jar.get(sessionCookie) ?? "";
    for (const isWholeSent of [true, false]) {
      browser.jar.set(`${sessionCookie}.0`, whole.slice(0, 50));
      browser.jar.set(`${sessionCookie}.1`, whole.slice(50));
      browser.jar.set(sessionCookie, isWholeSent ? whole : "");
      await expectSame(browser);
    }
  });

  test("when a page asks for an update, with the CSRF token and without", async () => {
    const browser = await signedIn();
    await expectSame(browser, { csrfToken: await browser.csrfToken(), data: { name: "x" } });
    await expectSame(browser, { data: { name: "x" } });
  });
});
