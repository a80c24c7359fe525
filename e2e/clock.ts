import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test as base } from "./fixtures";
import { startWorld, type World } from "./world";

type Clock = { file: string; advance: (seconds: number) => void };

const preload = new URL("./shift-clock.mjs", import.meta.url).href;

type Options = { clock: Clock; settings: Record<string, string>; sharedWorld: World };

/** An app whose clock, and whose database's clock, the tests move forward. A test file may give it other settings. */
export const test = base.extend<{ advanceClock: Clock["advance"] }, Options>({
  settings: [{}, { option: true, scope: "worker" }],
  clock: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "dingtalk-login-clock-"));
      const file = path.join(folder, "clock");
      let offsetMs = 0;
      const advance = (seconds: number) => {
        offsetMs += seconds * 1000;
        writeFileSync(file, String(offsetMs));
      };
      advance(0);
      await use({ file, advance });
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  sharedWorld: [
    async ({ clock, settings }, use) => {
      const moved = { CLOCK_FILE: clock.file, NODE_OPTIONS: `--import ${preload}` };
      const world = await startWorld({ ...settings, ...moved });
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  advanceClock: ({ clock }, use) => use(clock.advance),
});
