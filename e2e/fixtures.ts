import { randomBytes } from "node:crypto";
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { type BridgeConfig, bridgeScript } from "../sandbox/bridge";
import { type PersonInput } from "../sandbox/company/people";
import { createSandboxClient, type SandboxClient } from "../sandbox/control-client";
import { bridgeModeOf, type Client, userAgents } from "../sandbox/user-agents";
import { requestSilentCode } from "../sandbox/webview/device";
import { type ConsoleErrors, createConsoleErrors } from "./console-errors";
import { findPersonalData, recordCookies } from "./secrets";
import { linesWithoutForm, startWorld, type World } from "./world";

export { expect };

export type Employee = { userid: string; name: string };

/** An employee's DingTalk with a page of the app, and the bridge's requests for a code. While `isMute`, it answers none. */
export type Phone = { context: BrowserContext; page: Page; codeRequests: CodeRequest[]; isMute: boolean };

type CodeRequest = Record<string, unknown>;

type PhoneOptions = { person: Employee; client?: Client; bridge?: Partial<BridgeConfig>; isMute?: boolean };

type Fixtures = {
  world: World;
  /** The sandbox's control API. Each test starts with the seeded company. */
  dingtalk: SandboxClient;
  /** Checks S7 in every test: the app's log contains no secret. */
  noSecretsInLog: undefined;
  consoleErrors: ConsoleErrors;
  /** Opens a browser that shares nothing with the others. */
  openBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  openDingTalk: (options: PhoneOptions) => Promise<Phone>;
  /** Adds an employee that the app does not know. */
  hire: (facts?: Partial<PersonInput>) => Promise<Employee>;
  /** A new employee per test: decisions are limited per employee and minute, so tests do not share one. */
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
      expect(linesWithoutForm(world.log()), "S43 lines that are not one event in JSON").toEqual([]);
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

  noSecretsInLog: [
    async ({ world }, use) => {
      await use(undefined);
      const log = world.newLog();
      expect(world.secrets.findIn(log), "S7 secrets in the log").toEqual([]);
      expect(findPersonalData(log, world.dingtalk.store), "S43 personal data in the log").toEqual([]);
    },
    { auto: true },
  ],

  consoleErrors: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const consoleErrors = createConsoleErrors();
      await use(consoleErrors);
      consoleErrors.expectNone();
    },
    { auto: true },
  ],

  context: async ({ context, world, consoleErrors }, use) => {
    consoleErrors.watch(context);
    await use(context);
    await recordCookies(context, world.secrets);
  },

  openBrowser: async ({ browser, world, consoleErrors }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: world.url, ...options });
      consoleErrors.watch(context);
      opened.push(context);
      return context;
    });
    for (const context of opened) {
      await recordCookies(context, world.secrets);
      await context.close();
    }
  },

  openDingTalk: async ({ openBrowser, world }, use) => {
    await use(async ({ person, client = "android", bridge = {}, isMute = false }) => {
      const context = await openBrowser({ userAgent: userAgents[client], ...screenFor(client) });
      const phone: Phone = { context, page: await context.newPage(), codeRequests: [], isMute };
      await context.exposeBinding("__ddMint", (_source, request: CodeRequest) => {
        phone.codeRequests.push(request);
        if (phone.isMute) return new Promise(() => {});
        return requestSilentCode(world.dingtalk.store, { userid: person.userid, client }, request);
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

function screenFor(client: Client): BrowserContextOptions {
  if (bridgeModeOf(client) === "pc") return { viewport: { width: 1024, height: 720 } };
  return { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
}
