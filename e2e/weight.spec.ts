import { type Page } from "@playwright/test";
import { expect, lilei, test } from "./fixtures";

/** The scripts of Next and React on an empty page of this version, as measured by `npm run bench`. */
const nextBytes = 135_237;
/** The limit for the app's own scripts, gzip. */
const ownBytes = 6 * 1024;
/** A text of DingTalk's script that survives minification. */
const dingTalkMark = "dd_bridge_config";

test("the sign-in page of a desktop loads at most 6 KB of script besides Next's own, and none of DingTalk's", async ({
  page,
}) => {
  const scripts = collectScripts(page);
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  const { bytes, text } = await scripts();
  expect(bytes).toBeGreaterThan(nextBytes / 2);
  expect(bytes).toBeLessThanOrEqual(nextBytes + ownBytes);
  expect(text).not.toContain(dingTalkMark);
});

test("inside DingTalk the same search finds DingTalk's script", async ({ openDingTalk }) => {
  const { page, codeRequests } = await openDingTalk({ person: lilei, isMute: true });
  const scripts = collectScripts(page);
  await page.goto("/login");
  await expect.poll(() => codeRequests.length).toBeGreaterThan(0);
  expect((await scripts()).text).toContain(dingTalkMark);
});

/** Collects the app's scripts as they arrive. The returned function adds up the scripts so far. */
function collectScripts(page: Page) {
  const loading: Promise<{ bytes: number; text: string }>[] = [];
  page.on("requestfinished", (request) => {
    if (!request.url().includes("/_next/static/")) return;
    if (request.resourceType() === "script") loading.push(weigh());
    async function weigh() {
      const [{ responseBodySize }, response] = await Promise.all([request.sizes(), request.response()]);
      return { bytes: responseBodySize, text: (await response?.text()) ?? "" };
    }
  });
  return async () => {
    const scripts = await Promise.all(loading);
    return {
      bytes: scripts.reduce((sum, { bytes }) => sum + bytes, 0),
      text: scripts.map(({ text }) => text).join(""),
    };
  };
}
