import { test as base, expect, lilei } from "./fixtures";
import { enter, expectProfileOf, finishSignIn, startSignIn } from "./sign-in";
import { approve, nextTicket, scanTicket } from "./tickets";
import { startWorld } from "./world";

/** An open circuit breaker outlives its test, so this test has an app of its own. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  world: async ({}, use) => {
    const world = await startWorld();
    await use(world);
    await world.stop();
  },
});

const exchange = "/v1.0/oauth2/userAccessToken";

test("S32 S35 while DingTalk's API is down, the sign-in page shows the app's own QR code at once, and recovers", async ({
  page,
  context,
  dingtalk,
  openDingTalk,
  openBrowser,
}) => {
  test.setTimeout(120_000);
  const phone = await openDingTalk({ person: lilei });
  await enter(phone.context, dingtalk, lilei);
  await dingtalk.fault({ path: exchange, times: 1000, fault: { kind: "reset" } });

  async function circuit(): Promise<string> {
    const ready = await context.request.get("/api/ready");
    expect(ready.status()).toBe(200);
    return (await ready.json()).dingtalk.api;
  }
  async function signIn(): Promise<string | null> {
    const browser = await openBrowser();
    const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
    const landing = await finishSignIn(browser, { code, state: await startSignIn(browser, "redirect") });
    return landing.searchParams.get("error");
  }
  async function failToSignIn(): Promise<string> {
    expect(await signIn()).toBe("dingtalk_unreachable");
    return circuit();
  }
  await expect.poll(failToSignIn, { intervals: [1100], timeout: 30_000 }).toBe("open");

  await dingtalk.clearCalls();
  expect(await failToSignIn()).toBe("open");
  expect(await dingtalk.calls(exchange)).toEqual([]);

  const opening = nextTicket(page);
  await page.goto("/login");
  await expect(page.getByText("现在连不上钉钉")).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
  const ticket = await opening;
  await scanTicket(phone, ticket);
  await approve(phone, ticket.number);
  await expectProfileOf(page, lilei);

  await dingtalk.clearFaults();
  await expect.poll(circuit, { timeout: 30_000 }).toBe("half_open");
  expect(await signIn()).toBeNull();
  expect(await circuit()).toBe("closed");
});
