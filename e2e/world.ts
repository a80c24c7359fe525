import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type RunningSandbox, startSandbox } from "../sandbox/server";
import { resetStore } from "../sandbox/store";
import { nextBin } from "../scripts/processes.mjs";
import { readSettings } from "../scripts/settings.mjs";
import { copyEmptyDatabase } from "../test/empty-database";
import { findFreePort } from "./free-port";
import { createSecrets, type Secrets, watchStore } from "./secrets";

/** The built app and a DingTalk of its own, both on free ports, with an empty database. */
export type World = {
  url: string;
  dingtalk: RunningSandbox;
  settings: Record<string, string>;
  secrets: Secrets;
  /** Everything the app has written so far. */
  log: () => string;
  /** What it has written since this was last asked. */
  unread: () => string;
  /** The seeded company again; the app keeps what it knows. */
  reset: () => void;
  stop: () => Promise<void>;
};

export async function startWorld(given: Record<string, string> = {}): Promise<World> {
  const url = `http://localhost:${await findFreePort()}`;
  const dingtalk = await startSandbox({ port: 0, webviewPort: 0, appUrl: url });
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "dingtalk-login-"));
  await copyEmptyDatabase(path.join(dataDir, "db"));
  const settings = { ...readSettings(".env.example"), ...addresses(url, dingtalk.url), DATA_DIR: dataDir, ...given };
  const secrets = createSecrets(settings);
  watchStore(dingtalk.store, secrets);
  const app = await startApp(url, settings).catch(async (error) => {
    await dingtalk.close();
    throw error;
  });
  let read = 0;
  return {
    url,
    dingtalk,
    settings,
    secrets,
    log: app.log,
    unread() {
      const text = app.log().slice(read);
      read += text.length;
      return text;
    },
    reset() {
      resetStore(dingtalk.store);
      watchStore(dingtalk.store, secrets);
    },
    async stop() {
      await stopApp(app.child);
      await dingtalk.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function addresses(url: string, dingtalk: string): Record<string, string> {
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
  const { NODE_ENV: _chosenByNext, ...inherited } = process.env;
  const env: NodeJS.ProcessEnv = { ...inherited, ...settings, NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "1" };
  const child = spawn(process.execPath, [nextBin, "start", "-H", "127.0.0.1", "-p", new URL(url).port], {
    env: { ...env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (text += part));
  const leaveNoneBehind = () => child.kill("SIGKILL");
  process.once("exit", leaveNoneBehind);
  child.once("exit", () => process.off("exit", leaveNoneBehind));
  const app = { child, log: () => text };
  await waitUntilReady(url, app);
  return app;
}

async function waitUntilReady(url: string, { child, log }: App): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/api/ready`).catch(() => null);
    if (answer?.ok) return;
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
