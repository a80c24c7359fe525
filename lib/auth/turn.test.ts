import { beforeEach, describe, expect, test, vi } from "vitest";
import { createBrowser } from "../../test/browser";
import { buildEmployee } from "../../test/dingtalk";
import { countInDatabase, createWorld, goodSettings, withSingleton } from "../../test/world";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { consumedCodes, rateLimits } from "../db/expiring-schema";
import { sessions } from "../db/schema";
import { DingTalkError } from "../dingtalk/errors";
import { callbackPath } from "../sign-in-method";
import { createSignInQueue } from "./sign-in-queue";

vi.mock("next/server", async (original) => ({ ...(await original<object>()), after: () => {} }));

/** A network may have two codes refused in a minute. */
const { dingtalk, lines } = createWorld({ REQUESTS_PER_MINUTE: "100" });

const own = goodSettings.NEXTAUTH_URL;
const from = { "x-forwarded-for": "203.0.113.24" };
const elsewhere = { "x-forwarded-for": "198.51.100.7" };
const lilei = buildEmployee("user0001");

type Browser = ReturnType<typeof createBrowser>;

beforeEach(() => {
  dingtalk.addEmployees(lilei);
  globalThis.singletons?.delete("signInQueue");
});

let codes = 0;
function codeFor(owner: string): string {
  codes += 1;
  return `${owner}/secret-code-${codes}`;
}

/** Takes all turns, and lets three more wait: a further sign-in is told at once to wait. */
async function occupy(): Promise<{ end: () => Promise<void> }> {
  const queue = createSignInQueue({ perSecond: 1 });
  globalThis.singletons?.set("signInQueue", queue);
  const { signal } = new AbortController();
  const take = (id: string) => queue.take({ id, arrivedAtMs: 0 }, signal);
  const turns = [await take("1"), await take("2")];
  const waiting = ["3", "4", "5"].map(take);
  const end = (taken: Awaited<ReturnType<typeof take>>) => taken !== "full" && "end" in taken && taken.end();
  return {
    async end() {
      for (const turn of turns) end(turn);
      for (const turn of waiting) end(await turn);
    },
  };
}

/** Returns from DingTalk with a code. */
async function comeBack(browser: Browser, headers = from) {
  const state = await browser.begin("redirect", "/sessions");
  const code = codeFor(lilei.unionId);
  const path = `${callbackPath("redirect")}?${new URLSearchParams({ state, code })}`;
  return { code, path, answer: await browser.send(path, { headers }) };
}

/** A browser that has to wait for its turn, and how to end the sign-ins before it. */
async function waitInQueue() {
  const { end } = await occupy();
  const browser = createBrowser();
  return { browser, end, ...(await comeBack(browser)) };
}

function goOn(browser: Browser, headers: Record<string, string> = from): Promise<Response> {
  return browser.send(`${callbackPath("redirect")}?waiting=1`, { headers });
}

/** Another browser with the same cookies, as they were then. */
function copyOf(cookies: [string, string][]): Browser {
  const copy = createBrowser();
  for (const [name, value] of cookies) copy.jar.set(name, value);
  return copy;
}

describe("a sign-in whose turn comes later", () => {
  test("leads to the page that shows its place, and the code is in the sealed cookie alone", async () => {
    const { end, answer, code, browser } = await waitInQueue();
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/login/wait?place=3&seconds=3");
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("__Host-waiting="));
    expect(cookie).toMatch(/; Max-Age=300; Secure; HttpOnly; SameSite=lax$/);
    expect(cookie).not.toContain(code.split("/")[1]);
    expect(browser.jar.has("__Host-session")).toBe(false);
    await end();
    expect(lines.join()).not.toContain("secret-code");
  });

  test("S3 has used neither its state nor its code, and is no audit event", async () => {
    const { end } = await waitInQueue();
    await end();
    for (const table of [consumedCodes, sessions, auditEvents]) expect(await db.select().from(table)).toEqual([]);
    expect(dingtalk.calls).toEqual([]);
  });

  test("goes on when the page asks again, and leads where it was to lead", async () => {
    const { browser, end } = await waitInQueue();
    await end();
    expect((await goOn(browser)).headers.get("location")).toBe(`${own}/sessions`);
    expect(browser.jar.has("__Host-session")).toBe(true);
    expect(browser.jar.has("__Host-waiting")).toBe(false);
  });

  test("keeps waiting when the page asks too early", async () => {
    const { browser, end } = await waitInQueue();
    expect((await goOn(browser)).headers.get("location")).toBe("/login/wait?place=3&seconds=3");
    await end();
    expect((await goOn(browser)).headers.get("location")).toBe(`${own}/sessions`);
  });

  test("S3 uses its code once, however often the page asks", async () => {
    const { browser, end } = await waitInQueue();
    await end();
    const twin = copyOf(browser.jar.entries());
    await goOn(browser);
    expect((await goOn(twin)).headers.get("location")).toContain("error=state_mismatch");
    expect(dingtalk.calls.filter((call) => call === "exchangeAuthCode")).toHaveLength(1);
  });

  test("S1 does not go on in a browser that has only the cookie of the wait", async () => {
    const { browser, end } = await waitInQueue();
    await end();
    const thief = copyOf(browser.jar.entries().filter(([name]) => name === "__Host-waiting"));
    expect((await goOn(thief)).headers.get("location")).toContain("error=state_mismatch");
    expect((await goOn(browser)).headers.get("location")).toBe(`${own}/sessions`);
  });

  test("leads to the sign-in page when there is nothing to go on with", async () => {
    const answer = await goOn(createBrowser());
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/login"]);
  });

  test("goes on when the browser opens DingTalk's address again", async () => {
    const { browser, end, path } = await waitInQueue();
    await end();
    expect((await browser.send(path, { headers: from })).headers.get("location")).toBe(`${own}/sessions`);
  });
});

test("a silent sign-in whose turn comes later is told how long to wait, and its new code then gets the turn", async () => {
  const { end } = await occupy();
  const browser = createBrowser();
  const answer = await browser.signInSilently(codeFor(lilei.userId), from);
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ wait: { place: 3, seconds: 3 } });
  expect(dingtalk.calls).toEqual([]);
  await end();
  const next = await browser.signInSilently(codeFor(lilei.userId), from);
  expect([next.status, browser.jar.has("__Host-session")]).toEqual([200, true]);
  expect(dingtalk.calls.filter((call) => call === "resolveSilentCode")).toHaveLength(1);
});

test("a ticket needs no call to DingTalk, and so no turn", async () => {
  const { end } = await occupy();
  const browser = createBrowser();
  const fields = { ticket: "unknown", csrfToken: await browser.csrfToken(), callbackUrl: "/profile" };
  const answer = await browser.postJson(callbackPath("ticket"), fields, from);
  expect((await answer.json()).url).toContain("error=ticket_expired");
  await end();
});

describe("S20 a flood of invented codes", () => {
  async function sendJunk(headers = from): Promise<string> {
    const refused = { call: "userAccessToken", kind: "refused", reason: "code_used" } as const;
    dingtalk.fail("exchangeAuthCode", new DingTalkError(refused));
    return (await comeBack(createBrowser(), headers)).answer.headers.get("location") ?? "";
  }

  test("gets no turn after a few refusals, and the other networks keep theirs", async () => {
    for (let turn = 0; turn < 2; turn += 1) expect(await sendJunk()).toContain("error=code_used");
    expect(await sendJunk()).toContain("error=too_many_requests");
    expect(dingtalk.calls).toHaveLength(2);
    expect(await sendJunk(elsewhere)).toContain("error=code_used");
  });

  test("is not what DingTalk's own failures are taken for", async () => {
    dingtalk.fail("resolveSilentCode", new DingTalkError({ call: "v2/user/getuserinfo", kind: "timeout" }));
    for (let turn = 0; turn < 4; turn += 1) {
      const answer = await createBrowser().signInSilently(codeFor(lilei.userId), from);
      expect((await answer.json()).url).toContain("error=dingtalk_timeout");
    }
  });
});

test("S20 the page of a sign-in that waits does not use up its network's limit, but counts for itself", () =>
  countInDatabase(async () => {
    const { browser, end } = await waitInQueue();
    const cookies = browser.jar.entries();
    const askAgain = async () => (await goOn(copyOf(cookies), { ...from, accept: "application/json" })).status;
    for (let turn = 0; turn < 30; turn += 1) expect(await askAgain()).toBe(302);
    expect(await askAgain()).toBe(429);
    const counted = (await db.select().from(rateLimits)).filter(({ key }) => key.startsWith("request by ip"));
    expect(counted.map(({ points }) => points)).toEqual([1]);
    await end();
  }));

test("S42 a queue that is full refuses, and says so", async () => {
  await withSingleton("signInQueue", { take: async () => "full" }, async () => {
    expect((await comeBack(createBrowser())).answer.headers.get("location")).toContain("error=busy");
    const silent = await createBrowser().signInSilently(codeFor(lilei.userId), from);
    expect([silent.status, (await silent.json()).url]).toEqual([401, expect.stringContaining("error=busy")]);
  });
});

test("without a limit no sign-in waits", async () => {
  await withSingleton("signInQueue", null, async () => {
    expect((await comeBack(createBrowser())).answer.headers.get("location")).toBe(`${own}/sessions`);
  });
});
