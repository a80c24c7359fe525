import { gzipSync } from "node:zlib";
import { type Page } from "@playwright/test";
import { expect, lilei, test } from "./fixtures";

/** The scripts of Next and React on an empty page of this version, as measured by `npm run bench`. */
const nextBytes = 135_237;
/** The limit for the app's own scripts, gzip. */
const ownBytes = 5 * 1024;
/** The limit for DingTalk's script, gzip. */
const bridgeBytes = 23 * 1024;
/** A text of DingTalk's script that survives minification. */
const dingTalkMark = "dd_bridge_config";

test("the sign-in page of a desktop loads at most 5 KB of script besides Next's own, and none of DingTalk's", async ({
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

test("inside DingTalk the page is one document and DingTalk's script, without a framework", async ({
  openDingTalk,
}) => {
  const { page, codeRequests } = await openDingTalk({ person: lilei, isMute: true });
  const requested: string[] = [];
  page.on("request", (request) => requested.push(new URL(request.url()).pathname));
  const scripts = collectScripts(page);
  await page.goto("/");
  await expect.poll(() => codeRequests.length).toBeGreaterThan(0);
  expect(requested).toEqual(["/", "/login", "/login/inside-dingtalk/bridge"]);
  const { bytes, text } = await scripts();
  expect(text).toContain(dingTalkMark);
  expect(bytes).toBeLessThanOrEqual(bridgeBytes);
});

test("the browser keeps DingTalk's script for the next sign-in", async ({ openDingTalk, request }) => {
  const { page } = await openDingTalk({ person: lilei, isMute: true });
  await page.goto("/login");
  const address = await page.locator("link[rel=modulepreload]").getAttribute("href");
  const cachingOf = async (path: string) => (await request.get(path)).headers()["cache-control"];
  expect(await cachingOf(String(address))).toBe("public, max-age=31536000, immutable");
  expect(await cachingOf("/login/inside-dingtalk/bridge?v=of-another-version")).toBe("no-store");
});

test("the sign-in page of a desktop explains itself before any script has arrived", async ({ page }) => {
  await page.route("**/*.js", () => {});
  await page.goto("/login", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1, name: "用钉钉登录" })).toBeVisible();
  await expect(page.getByText("扫右侧的二维码，在手机上核对")).toBeVisible();
  await page.getByRole("button", { name: "在本窗口登录钉钉" }).click({ noWaitAfter: true });
  await expect(page.getByRole("button", { name: lilei.name, exact: true })).toBeVisible();
});

/** Collects the app's scripts as they arrive. The returned function adds up the scripts so far. */
function collectScripts(page: Page) {
  const loading: Promise<{ bytes: number; text: string }>[] = [];
  page.on("requestfinished", (request) => {
    const isOurs = /\/_next\/static\/|\/inside-dingtalk\/bridge\?/.test(request.url());
    if (isOurs && request.resourceType() === "script") loading.push(weigh());
    async function weigh() {
      const text = (await (await request.response())?.text()) ?? "";
      // As the benchmark compresses Next's own scripts: what a server sends differs by how it splits the text.
      return { bytes: gzipSync(text).byteLength, text };
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
