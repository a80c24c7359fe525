import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

function start(env: Record<string, string>) {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", main], {
    env: { ...process.env, NODE_ENV: "development", SANDBOX_PORT: "0", WEBVIEW_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test("the sandbox refuses to start in production", async () => {
  const child = start({ NODE_ENV: "production" });
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
}, 20_000);

test("the sandbox prints when it is ready and stops on SIGTERM with a connection open", async () => {
  const child = start({});
  let output = "";
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes("webview ready")) break;
  }
  const url = output.match(/^sandbox ready (http:\/\/localhost:\d+)$/m)?.[1] ?? "";
  await fetch(`${url}/_sandbox/faults`, { method: "POST", body: '{"path":"/gettoken","fault":{"kind":"hang"}}' });
  const hung = fetch(`${url}/gettoken`).catch(() => "closed");
  await expect.poll(async () => (await fetch(`${url}/_sandbox/calls`)).text()).toContain("gettoken");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(await hung).toBe("closed");
}, 20_000);
