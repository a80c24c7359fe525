import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import { bridgeScript } from "../sandbox/bridge";
import { type SandboxClient } from "../sandbox/control-client";
import { userAgents } from "../sandbox/user-agents";
import { findBrowser } from "../scripts/browser.mjs";
import { addEmployee } from "./company";
import { type Target } from "./targets";

/** A silent sign-in on a slow phone with an empty cache. Times from opening the app; traffic until the code is asked. */
export type SlowPhone = { askedMs: number; readableMs: number; requests: number; kb: number; scriptKb: number };

type Setup = { sandbox: SandboxClient; ours: Target; rounds?: number };

const cpuSlowdown = 4;
const bytesPerSecond = 1_600_000 / 8;
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: bytesPerSecond,
  uploadThroughput: bytesPerSecond,
};
const screen = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
/** Not counted: the server compiles its pages when they are first asked for. */
const warmUps = 2;

/** Returns the median of each figure. The browser talks to the app itself: the sandbox's webview sends nothing compressed. */
export async function measureSlowPhone({ sandbox, ours, rounds = 7 }: Setup): Promise<SlowPhone> {
  const { executablePath } = await findBrowser();
  const browser = await chromium.launch({ executablePath });
  const measured: SlowPhone[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) measured.push(await signIn(browser, ours, sandbox));
  await browser.close();
  const counted = measured.slice(warmUps);
  const of = (name: keyof SlowPhone) => median(counted.map((one) => one[name]));
  return {
    askedMs: of("askedMs"),
    readableMs: of("readableMs"),
    requests: of("requests"),
    kb: of("kb"),
    scriptKb: of("scriptKb"),
  };
}

async function signIn(browser: Browser, { url }: Target, sandbox: SandboxClient): Promise<SlowPhone> {
  const code = await sandbox.mintCode({ kind: "silent", userid: await addEmployee(sandbox) });
  const context = await browser.newContext({ userAgent: userAgents.android, locale: "zh-CN", ...screen });
  const page = await context.newPage();
  const session = await slowDown(context, page);
  const traffic = countTraffic(session);
  const asked = new Promise<Omit<SlowPhone, "readableMs">>((resolve) => {
    void context.exposeFunction("__ddMint", () => {
      resolve({ askedMs: Date.now() - startedAt, ...traffic() });
      return { code };
    });
  });
  const readable = new Promise<number>((resolve) => void context.exposeFunction("reportReadable", resolve));
  await context.addInitScript({ content: bridgeScript({ mode: "android" }) });
  await context.addInitScript({ content: reportWhenReadable });
  const startedAt = Date.now();
  await page.goto(url);
  const measured = { ...(await asked), readableMs: (await readable) - startedAt };
  await context.close();
  return measured;
}

async function slowDown(context: BrowserContext, page: Page): Promise<CDPSession> {
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
  return session;
}

/** Counts requests and received bytes, of documents and scripts as they are sent over the line. */
function countTraffic(session: CDPSession): () => Pick<SlowPhone, "requests" | "kb" | "scriptKb"> {
  const scripts = new Set<string>();
  const bytes = { all: 0, script: 0 };
  let requests = 0;
  session.on("Network.requestWillBeSent", ({ requestId, type }) => {
    requests += 1;
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (scripts.has(requestId)) bytes.script += encodedDataLength;
  });
  return () => ({ requests, kb: bytes.all / 1024, scriptKb: bytes.script / 1024 });
}

/**
 * Runs in the page, as text because the loader adds helpers to functions. A browser draws no frame while a style sheet is
 * missing, so in the second frame the text is painted.
 */
const reportWhenReadable = `if (window === window.top && location.pathname === "/profile") {
  const check = () => requestAnimationFrame(document.querySelector("main h1") ? () => reportReadable(Date.now()) : check);
  requestAnimationFrame(check);
}`;

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.at(Math.floor(sorted.length / 2)) ?? Number.NaN;
}
