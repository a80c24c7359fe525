import { spawn, spawnSync } from "node:child_process";

const isWindows = process.platform === "win32";

export const nextBin = "node_modules/next/dist/bin/next";
/** Serves the built app. It takes HOST and PORT from its environment. */
export const serverScript = "scripts/serve.mjs";

/** Runs a program to its end with its output in ours. Returns the exit code. A stop request ends the program and this process. */
export function run(program, options, { env = process.env, shell = false } = {}) {
  const child = spawn(program, options, { stdio: ["ignore", "inherit", "inherit"], env, shell: shell && isWindows });
  const off = onStopRequest(() => {
    child.kill("SIGTERM");
    process.exit(143);
  });
  return ended(child).finally(off);
}

/** Starts a Node program as the leader of its own process group, so that its child processes stop together with it. */
export function start(options, env) {
  const stdio = ["ignore", "inherit", "inherit"];
  const child = spawn(process.execPath, options, { stdio, env, detached: !isWindows });
  process.once("exit", () => kill(child, "SIGKILL"));
  return { child, ended: ended(child) };
}

/**
 * Waits until one of the processes ends or a stop request arrives, then stops the others: by SIGTERM, and after `graceMs` by
 * SIGKILL. Returns whether there was a stop request, and the exit code of the process that ended first.
 */
export async function supervise(processes, { graceMs }) {
  let off = () => {};
  const stopRequested = new Promise((resolve) => {
    off = onStopRequest(() => resolve({ wasStopped: true, code: 0 }));
  });
  const first = await Promise.race([
    stopRequested,
    ...processes.map(async ({ ended }) => ({ wasStopped: false, code: await ended })),
  ]);
  await stop(processes, graceMs);
  off();
  return first;
}

async function stop(processes, graceMs) {
  for (const { child } of processes) kill(child, "SIGTERM");
  const force = setTimeout(() => {
    for (const { child } of processes) kill(child, "SIGKILL");
  }, graceMs);
  await Promise.all(processes.map(({ ended }) => ended));
  clearTimeout(force);
}

function kill(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (isWindows) return void spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group may have ended between the check and the signal.
    if (error.code !== "ESRCH") throw error;
  }
}

function ended(child) {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** npm ends on SIGTERM without forwarding it, so under npm the end of the parent process is a stop request too. */
function onStopRequest(listener) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, listener);
  const parent = process.ppid;
  const watch = process.env.npm_lifecycle_event
    ? setInterval(() => process.ppid !== parent && listener(), 250).unref()
    : undefined;
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, listener);
  };
}
