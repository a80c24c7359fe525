import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type SandboxClient } from "../sandbox/control-client";
import { type Browser, createBrowser, type Reply } from "./browser";
import { addEmployee } from "./company";
import { type Method } from "./sign-in";

export type Rush = {
  arrivals: number;
  signedIn: number;
  /** Led to the sign-in page with a reason. */
  refused: number;
  /** Neither signed in nor refused, or signed in without a session that counts. */
  halfDone: number;
  /** When the last one was signed in, after the first arrival. */
  lastAfterMs: number;
  /** From DingTalk's code to the session, as each browser saw it. */
  /** When each one was signed in, after the first arrival. */
  signedInAtMs: number[];
  waitMs: { p50: number; p95: number };
  longestQueue: number;
  /** Calls that one API received within any one second. */
  mostPerSecond: number;
};

export type RushOptions = {
  sandbox: SandboxClient;
  /** Our app, started with the limit as DINGTALK_MAX_QPS. */
  ours: { url: string };
  arrivals?: number;
  withinMs?: number;
  /** DingTalk's limit, which the sandbox enforces. */
  perSecond?: number;
  /** How one of the arrivals signs in. */
  methodOf?: (index: number) => Method;
};

type Outcome = { kind: "signed_in" | "refused" | "half_done"; atMs: number; waitMs: number; places: number[] };

/** A browser gives up after this. */
const maxMs = 5 * 60_000;

/**
 * Lets employees whom the app does not know arrive evenly, each in a browser of their own that follows what it is told: it
 * waits as long as the page says, and asks again. DingTalk accepts only so many calls a second of each API.
 */
export async function measureRush(options: RushOptions): Promise<Rush> {
  const { sandbox, ours, arrivals = 1000, withinMs = 30_000, perSecond = 20, methodOf = () => "qr" } = options;
  const people: string[] = [];
  for (let index = 0; index < arrivals; index += 1) people.push(await addEmployee(sandbox));
  await sandbox.clearCalls();
  await sandbox.settings({ qpsLimit: perSecond });
  const startedAt = performance.now();
  const outcomes = await Promise.all(
    people.map(async (userid, index) => {
      await wait((index * withinMs) / arrivals);
      return arrive({ sandbox, ours, userid, method: methodOf(index), startedAt });
    }),
  );
  await sandbox.settings({ qpsLimit: null });
  return { ...summarise(outcomes), mostPerSecond: await mostCallsInASecond(sandbox) };
}

type Visit = { sandbox: SandboxClient; ours: { url: string }; userid: string; method: Method; startedAt: number };

async function arrive({ sandbox, ours, userid, method, startedAt }: Visit): Promise<Outcome> {
  const browser = createBrowser(ours.url);
  const mintCode = () => sandbox.mintCode({ kind: method === "qr" ? "auth" : "silent", userid });
  const begunAt = performance.now();
  const places: number[] = [];
  const end = await (method === "qr" ? signInByQr : signInSilently)({ browser, mintCode, places });
  const now = performance.now();
  return { kind: await judge(browser, end), atMs: now - startedAt, waitMs: now - begunAt, places };
}

async function judge(browser: Browser, end: string): Promise<Outcome["kind"]> {
  if (end.startsWith("/login?error=")) return "refused";
  return end === "/profile" && (await isSignedIn(browser)) ? "signed_in" : "half_done";
}

type SignIn = { browser: Browser; mintCode: () => Promise<string>; places: number[] };

const callback = "/api/auth/callback/dingtalk";

/** Returns the path to which the browser is led in the end. */
async function signInByQr({ browser, mintCode, places }: SignIn): Promise<string> {
  const start = await browser.post("/login/start", { method: "frame", returnTo: "/profile" });
  const { url } = z.object({ url: z.url() }).parse(JSON.parse(start.text));
  const state = new URL(url).searchParams.get("state") ?? "";
  const answer = await browser.get(`${callback}?${new URLSearchParams({ code: await mintCode(), state })}`);
  return followQueue(browser, answer, places);
}

/** What the page that shows the place does: it is opened, waits as long as it says, and asks again. */
async function followQueue(browser: Browser, first: Reply, places: number[]): Promise<string> {
  const deadline = performance.now() + maxMs;
  let path = pathOf(first);
  while (path.startsWith("/login/wait?") && performance.now() < deadline) {
    await browser.get(path);
    const { place, seconds } = waitSchema.parse(Object.fromEntries(new URLSearchParams(path.split("?")[1])));
    places.push(place);
    await wait(Math.min(seconds, 20) * 1000);
    path = pathOf(await browser.get(`${callback}?waiting=1`));
  }
  return path;
}

const waitSchema = z.object({ place: z.coerce.number(), seconds: z.coerce.number() });
const silentSchema = z.union([z.object({ url: z.string() }), z.object({ wait: waitSchema })]);

/** A silent sign-in asks DingTalk for a new code each time it has waited. */
async function signInSilently({ browser, mintCode, places }: SignIn): Promise<string> {
  const csrf = z.object({ csrfToken: z.string() }).parse(JSON.parse((await browser.get("/api/auth/csrf")).text));
  const deadline = performance.now() + maxMs;
  while (performance.now() < deadline) {
    const fields = { ...csrf, callbackUrl: "/profile", json: "true", code: await mintCode() };
    const answer = silentSchema.parse(JSON.parse((await browser.post(`${callback}-silent`, fields)).text));
    if ("url" in answer) return withoutOrigin(answer.url);
    places.push(answer.wait.place);
    await wait(answer.wait.seconds * 1000);
  }
  return "";
}

function pathOf({ location }: Reply): string {
  return withoutOrigin(location ?? "");
}

function withoutOrigin(address: string): string {
  const { pathname, search } = new URL(address, "http://localhost");
  return pathname + search;
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.get("/api/auth/session")).text.includes('"user"');
}

async function mostCallsInASecond(sandbox: SandboxClient): Promise<number> {
  const atMs = new Map<string, number[]>();
  for (const { path, at } of await sandbox.calls()) atMs.set(path, [...(atMs.get(path) ?? []), at]);
  const counts = [...atMs.values()].flatMap((times) =>
    times.map((start, index) => times.slice(index).filter((at) => at - start < 1000).length),
  );
  return Math.max(0, ...counts);
}

function summarise(outcomes: Outcome[]): Omit<Rush, "mostPerSecond"> {
  const count = (kind: Outcome["kind"]) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const waits = outcomes.map(({ waitMs }) => waitMs).sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor((waits.length - 1) * share)] ?? 0;
  return {
    arrivals: outcomes.length,
    signedIn: count("signed_in"),
    refused: count("refused"),
    halfDone: count("half_done"),
    lastAfterMs: Math.max(...outcomes.map(({ atMs }) => atMs)),
    signedInAtMs: outcomes.filter(({ kind }) => kind === "signed_in").map(({ atMs }) => atMs),
    waitMs: { p50: at(0.5), p95: at(0.95) },
    longestQueue: Math.max(0, ...outcomes.flatMap(({ places }) => places.map((place) => place + 1))),
  };
}
