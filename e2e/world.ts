import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import getPort from "get-port";
import { z } from "zod";
import { type RunningSandbox, startSandbox } from "../sandbox/server";
import { resetStore } from "../sandbox/store";
import { serverScript } from "../scripts/processes.mjs";
import { readSettings } from "../scripts/settings.mjs";
import { copyEmptyDatabase } from "../test/empty-database";
import { createSecrets, type Secrets, watchStore } from "./secrets";

/** The built app and its own sandbox, both on free ports, with an empty database. */
export type World = {
  url: string;
  dingtalk: RunningSandbox;
  settings: Record<string, string>;
  secrets: Secrets;
  /** The app's complete output. */
  log: () => string;
  /** The app's output since the last call. */
  newLog: () => string;
  /** Restores the seeded company. The app's database stays. */
  reset: () => void;
  /** Ends the app's process as `kill -9` does, and starts it again with the same data. */
  killAndStart: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Most tests state what happens without an event, and with the employees whom they sign in. */
const withoutEvents = { DINGTALK_EVENTS: "off", RECHECK_MINUTES: "0", DIRECTORY_SYNC_HOURS: "0" };

export async function startWorld(given: Record<string, string> = {}): Promise<World> {
  const url = `http://localhost:${await getPort()}`;
  const dingtalk = await startSandbox({ port: 0, webviewPort: 0, appUrl: url });
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "dingtalk-login-"));
  await copyEmptyDatabase(path.join(dataDir, "db"));
  const settings = {
    ...readSettings(".env.example"),
    ...withoutEvents,
    ...appUrls(url, dingtalk.url),
    DATA_DIR: dataDir,
    ...given,
  };
  const secrets = createSecrets(settings);
  watchStore(dingtalk.store, secrets);
  let app = await startApp(url, settings).catch(async (error) => {
    await dingtalk.close();
    throw error;
  });
  let former = "";
  const log = () => former + app.log();
  let readLength = 0;
  return {
    url,
    dingtalk,
    settings,
    secrets,
    log,
    newLog() {
      const text = log().slice(readLength);
      readLength += text.length;
      return text;
    },
    reset() {
      resetStore(dingtalk.store);
      watchStore(dingtalk.store, secrets);
    },
    async killAndStart() {
      const ended = once(app.child, "exit");
      app.child.kill("SIGKILL");
      await ended;
      former = log();
      app = await startApp(url, settings);
    },
    async stop() {
      await stopApp(app.child);
      await dingtalk.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function appUrls(url: string, dingtalk: string): Record<string, string> {
  return {
    NEXTAUTH_URL: url,
    DINGTALK_API_URL: dingtalk,
    DINGTALK_OAPI_URL: dingtalk,
    DINGTALK_LOGIN_URL: dingtalk,
    LOG_LEVEL: "debug",
  };
}

type App = { child: ChildProcess; log: () => string };

async function startApp(url: string, settings: Record<string, string>): Promise<App> {
  const address = { HOST: "127.0.0.1", PORT: new URL(url).port };
  const child = spawn(process.execPath, [serverScript], {
    env: { ...process.env, ...settings, ...address, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  const killApp = () => child.kill("SIGKILL");
  process.once("exit", killApp);
  child.once("exit", () => process.off("exit", killApp));
  const app = { child, log: () => text };
  await waitUntilReady(url, app);
  return app;
}

/** The lines of a log that are not an event of ours: JSON with a level and a time. (S43) */
export function linesWithoutForm(log: string): string[] {
  return log.split("\n").filter((line) => line !== "" && !isEvent(line));
}

function isEvent(line: string): boolean {
  try {
    return event.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}

const event = z.object({ level: z.number(), time: z.iso.datetime(), msg: z.string() });

async function waitUntilReady(url: string, { child, log }: App): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) break;
    const response = await fetch(`${url}/api/ready`).catch(() => null);
    if (response?.ok) return;
    await pause(100);
  }
  throw new Error(`The app did not start. Is it built?\n${log()}`);
}

async function stopApp(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(force);
}
