import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, expect, lilei } from "./fixtures";
import { allow, approve, expectOnPhone, openTicket, redeem, scanWith, stateOf } from "./tickets";
import type { World } from "./world";
import { startWorld } from "./world";

type Clock = { file: string; wait: (seconds: number) => void };

const preload = pathToFileURL(path.resolve("e2e/shift-clock.mjs")).href;

/** An app whose clock, and whose database's clock, is ahead by as much as the tests say. */
const test = base.extend<{ wait: Clock["wait"] }, { clock: Clock; sharedWorld: World }>({
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

test("S16 a ticket that nobody scanned for two minutes cannot be scanned any more", async ({
  context,
  openDingTalk,
  wait,
}) => {
  const ticket = await openTicket(context);
  wait(121);
  expect(await stateOf(context, ticket)).toBe("expired");
  const phone = await openDingTalk({ person: lilei });
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "二维码过期了");
});

test("S16 a ticket that ran out under the phone's thumb lets nobody in", async ({ context, openDingTalk, wait }) => {
  const ticket = await openTicket(context);
  const phone = await openDingTalk({ person: lilei });
  await scanWith(phone, ticket);
  wait(121);
  await allow(phone, ticket.number);
  await expectOnPhone(phone, "二维码过期了");
  expect((await redeem(context, ticket)).status()).toBe(401);
});

test("S16 a ticket that was allowed but not used in its time is worth nothing", async ({
  context,
  openDingTalk,
  wait,
}) => {
  const ticket = await openTicket(context);
  await approve(await openDingTalk({ person: lilei }), ticket);
  wait(121);
  const late = await redeem(context, ticket);
  expect(late.status()).toBe(401);
  expect((await late.json()).url).toContain("error=ticket_over");
  expect(await stateOf(context, ticket)).toBe("expired");
});
