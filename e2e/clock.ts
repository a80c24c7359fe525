import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test as base } from "./fixtures";
import { startWorld, type World } from "./world";

type Clock = { file: string; wait: (seconds: number) => void };

const preload = new URL("./shift-clock.mjs", import.meta.url).href;

/** An app whose clock, and whose database's clock, is ahead by as much as the tests say; it never goes back. */
export const test = base.extend<{ wait: Clock["wait"] }, { clock: Clock; sharedWorld: World }>({
  clock: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "dingtalk-login-clock-"));
      const file = path.join(folder, "clock");
      let aheadMs = 0;
      const wait = (seconds: number) => {
        aheadMs += seconds * 1000;
        writeFileSync(file, String(aheadMs));
      };
      wait(0);
      await use({ file, wait });
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  sharedWorld: [
    async ({ clock }, use) => {
      const world = await startWorld({ CLOCK_FILE: clock.file, NODE_OPTIONS: `--import ${preload}` });
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  wait: ({ clock }, use) => use(clock.wait),
});
