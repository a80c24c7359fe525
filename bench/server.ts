import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

const usageReporter = new URL("./usage-reporter.mjs", import.meta.url).href;
const readyTimeoutMs = 60_000;

export type Server = {
  url: string;
  cpuMs: () => Promise<number>;
  memoryMb: () => Promise<number>;
  stop: () => Promise<void>;
};

export type ServerOptions = {
  command: string[];
  port: number;
  readyPath: string;
  env: Record<string, string>;
  /** The one core that the process may use. Needs the program `taskset`. */
  core?: number;
  /** Receives the server's output, which is discarded otherwise. */
  onOutput?: (text: string) => void;
};

/** Starts a built app in its own process and waits until it responds. Throws when it does not. */
export async function startServer({ command, port, readyPath, env, core, onOutput }: ServerOptions): Promise<Server> {
  const address = { HOST: "127.0.0.1", PORT: String(port) };
  const pin = core === undefined ? [] : ["taskset", "-c", String(core)];
  const [program = "", ...words] = [...pin, process.execPath, "--import", usageReporter, ...command];
  const child = spawn(program, words, {
    stdio: ["ignore", onOutput ? "pipe" : "ignore", "inherit", "ipc"],
    env: { ...process.env, ...env, ...address, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  child.stdout?.on("data", (part) => onOutput?.(String(part)));
  const url = `http://localhost:${port}`;
  await waitUntilReady(child, url + readyPath);
  return { url, cpuMs: () => readCpuMs(child), memoryMb: () => readMemoryMb(child), stop: () => stop(child) };
}

async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before ${url} responded.`);
    if (Date.now() > deadline) throw new Error(`${url} did not respond within ${readyTimeoutMs / 1000} s.`);
    await wait(50);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

const usage = z.tuple([z.object({ user: z.number(), system: z.number() })]).rest(z.unknown());

async function readCpuMs(child: ChildProcess): Promise<number> {
  const [{ user, system }] = usage.parse(await request(child, "cpu"));
  return (user + system) / 1000;
}

const memory = z.tuple([z.object({ rss: z.number() })]).rest(z.unknown());

async function readMemoryMb(child: ChildProcess): Promise<number> {
  const [{ rss }] = memory.parse(await request(child, "memory"));
  return rss / 1024 / 1024;
}

function request(child: ChildProcess, what: "cpu" | "memory"): Promise<unknown[]> {
  const response = once(child, "message");
  child.send(what);
  return response;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(force);
}
