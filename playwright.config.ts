import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/browser.mjs";

const { executablePath } = await findBrowser();
// Playwright reads this file once more in every worker: they are spared the search.
process.env.BROWSER_PATH = executablePath;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // A machine that is busy with other work is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    // A trace and a video hold cookies and one-time codes.
    trace: "off",
    video: "off",
    launchOptions: {
      executablePath,
      args: ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
    },
  },
});
