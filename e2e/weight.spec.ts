import { type Page } from "@playwright/test";
import { expect, lilei, test } from "./fixtures";

/** What Next and React load by themselves on any page of this version, as `npm run bench` weighs it with an empty one. */
const nextBytes = 134_911;
/** The goal for our own part, gzip. */
const ownBytes = 6 * 1024;
/** A text of DingTalk's script that survives minifying. */
const dingTalkMark = "dd_bridge_config";

test("the sign-in page of a desktop loads at most 6 KB of script beyond Next's own, and none of DingTalk's", async ({
  page,
}) => {
  const scripts = hearScripts(page);
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  const { bytes, text } = await scripts();
  expect(bytes).toBeGreaterThan(nextBytes / 2);
  expect(bytes).toBeLessThanOrEqual(nextBytes + ownBytes);
  expect(text).not.toContain(dingTalkMark);
});

test("inside DingTalk the same search finds DingTalk's script", async ({ openDingTalk }) => {
  const { page, asked } = await openDingTalk({ person: lilei, isMute: true });
  const scripts = hearScripts(page);
  await page.goto("/login");
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect((await scripts()).text).toContain(dingTalkMark);
});

/** Collects the app's scripts as they arrive; the returned function adds up what has come so far. */
function hearScripts(page: Page) {
  const arriving: Promise<{ bytes: number; text: string }>[] = [];
  page.on("requestfinished", (request) => {
    if (!request.url().includes("/_next/static/")) return;
    if (request.resourceType() === "script") arriving.push(weigh());
    async function weigh() {
      const [{ responseBodySize }, response] = await Promise.all([request.sizes(), request.response()]);
      return { bytes: responseBodySize, text: (await response?.text()) ?? "" };
    }
  });
  return async () => {
    const scripts = await Promise.all(arriving);
    return {
      bytes: scripts.reduce((sum, { bytes }) => sum + bytes, 0),
      text: scripts.map(({ text }) => text).join(""),
    };
  };
}
