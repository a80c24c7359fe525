import { randomBytes } from "node:crypto";
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { type BridgeConfig, bridgeScript } from "../sandbox/bridge";
import { type PersonInput } from "../sandbox/company/people";
import { createSandboxClient, type SandboxClient } from "../sandbox/control-client";
import { bridgeModeOf, type Client, userAgents } from "../sandbox/user-agents";
import { requestSilentCode } from "../sandbox/webview/device";
import { type Complaints, createComplaints } from "./complaints";
import { learnCookies } from "./secrets";
import { startWorld, type World } from "./world";

export { expect };

export type Employee = { userid: string; name: string };

/** Somebody's DingTalk with the app open in it, and what it was asked for a code. While it is mute it answers nothing. */
export type Phone = { context: BrowserContext; page: Page; asked: Question[]; isMute: boolean };

type Question = Record<string, unknown>;

type PhoneOrder = { person: Employee; client?: Client; bridge?: Partial<BridgeConfig>; isMute?: boolean };

type Fixtures = {
  world: World;
  /** DingTalk's controls; the company is as seeded at the start of each test. */
  dingtalk: SandboxClient;
  /** S7 holds in every test: the app's log has no secret in it. */
  discretion: undefined;
  complaints: Complaints;
  /** A browser that shares nothing with the others. */
  openBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  openDingTalk: (order: PhoneOrder) => Promise<Phone>;
  /** Somebody new, whom the app has never met. */
  hire: (facts?: Partial<PersonInput>) => Promise<Employee>;
  /** Somebody new: what one person may do in a minute is limited, so tests that decide do not share theirs. */
  employee: Employee;
};

export const lilei: Employee = { userid: "user0001", name: "李雷" };
export const hanmeimei: Employee = { userid: "user0002", name: "韩梅梅" };

export const test = base.extend<Fixtures, { sharedWorld: World }>({
  sharedWorld: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const world = await startWorld();
      await use(world);
      await world.stop();
      expect(world.secrets.findIn(world.log()), "S7 secrets in the log").toEqual([]);
    },
    { scope: "worker", timeout: 120_000 },
  ],

  world: ({ sharedWorld }, use) => use(sharedWorld),

  baseURL: ({ world }, use) => use(world.url),

  dingtalk: [
    async ({ world }, use) => {
      world.reset();
      await use(createSandboxClient(world.dingtalk.url));
    },
    { auto: true },
  ],

  discretion: [
    async ({ world }, use) => {
      await use(undefined);
      expect(world.secrets.findIn(world.unread()), "S7 secrets in the log").toEqual([]);
    },
    { auto: true },
  ],

  complaints: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const complaints = createComplaints();
      await use(complaints);
      complaints.expectNone();
    },
    { auto: true },
  ],

  context: async ({ context, world, complaints }, use) => {
    complaints.watch(context);
    await use(context);
    await learnCookies(context, world.secrets);
  },

  openBrowser: async ({ browser, world, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: world.url, ...options });
      complaints.watch(context);
      opened.push(context);
      return context;
    });
    for (const context of opened) {
      await learnCookies(context, world.secrets);
      await context.close();
    }
  },

  openDingTalk: async ({ openBrowser, world }, use) => {
    await use(async ({ person, client = "android", bridge = {}, isMute = false }) => {
      const context = await openBrowser({ userAgent: userAgents[client], ...screenOf(client) });
      const phone: Phone = { context, page: await context.newPage(), asked: [], isMute };
      await context.exposeBinding("__ddMint", (_source, question: Question) => {
        phone.asked.push(question);
        if (phone.isMute) return new Promise(() => {});
        return requestSilentCode(world.dingtalk.store, { userid: person.userid, client }, question);
      });
      await context.addInitScript(bridgeScript({ mode: bridgeModeOf(client), ...bridge }));
      return phone;
    });
  },

  hire: async ({ dingtalk }, use) => {
    await use(async (facts = {}) => {
      const mark = randomBytes(4).toString("hex");
      const person = { userid: `hire-${mark}`, name: `新员工${mark}`, ...facts };
      await dingtalk.addPerson(person);
      return person;
    });
  },

  employee: async ({ hire }, use) => use(await hire()),
});

function screenOf(client: Client): BrowserContextOptions {
  if (bridgeModeOf(client) === "pc") return { viewport: { width: 1024, height: 720 } };
  return { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
}
