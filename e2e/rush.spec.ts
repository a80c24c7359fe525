import { type BrowserContext, type Page } from "@playwright/test";
import { measureRush } from "../bench/rush";
import { createSandboxClient, type SandboxClient } from "../sandbox/control-client";
import { expectReadable } from "./accessibility";
import { test as base, type Employee, expect } from "./fixtures";
import { expectProfileOf, isSignedIn, signInByRedirect, startSignIn } from "./sign-in";
import { startWorld } from "./world";

/** An app of its own, whose DingTalk accepts one call a second of each API: two sign-ins begin, the others wait. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  world: async ({}, use) => {
    const world = await startWorld({ DINGTALK_MAX_QPS: "1" });
    await use(world);
    await world.stop();
  },
});

// The app starts within each test's time-out.
test.describe.configure({ timeout: 120_000 });

const userToken = "/v1.0/oauth2/userAccessToken";
const maxWait = { timeout: 60_000 };

type Crowd = { openBrowser: () => Promise<BrowserContext>; dingtalk: SandboxClient; hire: () => Promise<Employee> };

/** Sends so many sign-ins that a further one has to wait. Returns when all of them have been answered. */
async function crowd({ openBrowser, dingtalk, hire }: Crowd, count = 7): Promise<{ answered: Promise<unknown> }> {
  await dingtalk.settings({ latencyMs: 500 });
  const ready = await Promise.all(
    Array.from({ length: count }, async () => {
      const context = await openBrowser();
      return { context, query: await queryFor(context, dingtalk, await hire()) };
    }),
  );
  return {
    answered: Promise.all(ready.map(({ context, query }) => context.request.get(callback(query), { maxRedirects: 0 }))),
  };
}

async function queryFor(context: BrowserContext, dingtalk: SandboxClient, { userid }: Employee) {
  return { state: await startSignIn(context, "redirect"), code: await dingtalk.mintCode({ kind: "auth", userid }) };
}

function callback(query: Record<string, string>): string {
  return `/api/auth/callback/dingtalk?${new URLSearchParams(query)}`;
}

/** The page stays where it is when it wants to go on. */
async function holdPage(page: Page): Promise<void> {
  await page.route("**/api/auth/callback/dingtalk?waiting=1", (route) => route.fulfill({ status: 204 }));
}

test("a sign-in that has to wait shows its place, and goes on by itself", async ({
  page,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  await crowd({ openBrowser, dingtalk, hire });
  await signInByRedirect(page, person);
  await expect(page).toHaveURL(/\/login\/wait\?place=\d+&seconds=\d+$/);
  await expect(page.getByText("轮到你时会自动继续")).toBeVisible();
  await expect(page.getByRole("timer")).toContainText(/大约还要\s*\d+\s*秒/);
  await expect(page).toHaveURL(/\/profile$/, maxWait);
  await expectProfileOf(page, person);
});

test("a sign-in that has to wait goes on without scripts", async ({ openBrowser, dingtalk, hire }) => {
  const person = await hire();
  await crowd({ openBrowser, dingtalk, hire });
  const page = await (await openBrowser({ javaScriptEnabled: false })).newPage();
  await signInByRedirect(page, person);
  await expect(page).toHaveURL(/\/login\/wait\?/);
  await expect(page).toHaveURL(/\/profile$/, maxWait);
});

test("a silent sign-in that has to wait asks DingTalk for a new code when it is its turn", async ({
  openBrowser,
  openDingTalk,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  await crowd({ openBrowser, dingtalk, hire });
  const { page, codeRequests } = await openDingTalk({ person });
  await page.goto("/login");
  await expect(page.getByText(/现在登录的人很多，前面还有 \d+ 人/)).toBeVisible(maxWait);
  await expect(page).toHaveURL(/\/profile$/, maxWait);
  expect(codeRequests.length).toBeGreaterThan(1);
});

test("S8 a browser that goes away while it waits leaves no session, and its code is never used", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const { answered } = await crowd({ openBrowser, dingtalk, hire }, 2);
  const query = await queryFor(context, dingtalk, await hire());
  await expect(context.request.get(callback(query), { maxRedirects: 0, timeout: 500 })).rejects.toThrow(/timeout/i);
  await answered;
  // The one that gave up would have been next.
  const next = await openBrowser();
  await next.request.get(callback(await queryFor(next, dingtalk, await hire())));
  expect(await isSignedIn(next)).toBe(true);
  expect(await dingtalk.calls(userToken)).toHaveLength(3);
  expect(await isSignedIn(context)).toBe(false);
});

base.describe("the page that shows a place in the queue", () => {
  for (const [locale, place, next] of [
    ["zh-CN", "前面还有 14 人", "下一位就是你"],
    ["en-GB", "14 people before you", "You are next"],
  ] as const) {
    base(`is readable, ${locale}`, async ({ openBrowser }) => {
      const page = await (await openBrowser({ locale, reducedMotion: "reduce" })).newPage();
      await holdPage(page);
      await page.goto("/login/wait?place=14&seconds=240");
      await expectReadable(page, page.getByRole("heading", { level: 2, name: place }));
      await page.goto("/login/wait?place=0&seconds=1");
      await expect(page.getByRole("heading", { level: 2, name: next })).toBeVisible();
    });
  }

  base("is the sign-in page where there is nothing to wait for", async ({ page }) => {
    await page.goto("/login/wait?place=<b>1</b>&seconds=x");
    await expect(page).toHaveURL(/\/login$/);
  });
});

base(
  "the morning rush: everyone who arrives faster than DingTalk allows is signed in, and no one is refused",
  async () => {
    base.setTimeout(180_000);
    const world = await startWorld({ DINGTALK_MAX_QPS: "5" });
    const sandbox = createSandboxClient(world.dingtalk.url);
    const methodOf = (index: number) => (index % 3 === 0 ? "silent" : "qr");
    const rush = await measureRush({ sandbox, ours: world, arrivals: 60, withinMs: 3000, perSecond: 5, methodOf });
    await world.stop();
    expect(rush).toMatchObject({ arrivals: 60, signedIn: 60, refused: 0, halfDone: 0 });
    expect(rush.longestQueue).toBeGreaterThan(10);
    expect(rush.mostPerSecond).toBeLessThanOrEqual(5);
  },
);
