import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beginStopping, drain, isStopping } from "./drain";
import { guardServer } from "./guard";

let server = createServer();
let responses: ServerResponse[] = [];
let url = "";

beforeEach(async () => {
  globalThis.singletons = new Map();
  responses = [];
  server = createServer();
  guardServer(server);
  server.on("request", (_request, response) => responses.push(response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  url = `http://127.0.0.1:${address.port}/`;
});

afterEach(() => server.closeAllConnections());

async function askAndWait(): Promise<{ asking: Promise<Response>; response: ServerResponse }> {
  const asking = fetch(url);
  asking.catch(() => {});
  await once(server, "request");
  const response = responses.at(-1);
  if (!response) throw new Error("No request arrived.");
  return { asking, response };
}

test("S45 a stop begins once, however many signals arrive", () => {
  expect([isStopping(), beginStopping(), beginStopping(), isStopping()]).toEqual([false, true, false, true]);
});

test("S45 a request in progress is answered, and no further connection is accepted", async () => {
  const { asking, response } = await askAndWait();
  const draining = drain(server, 10_000);
  await expect(fetch(url)).rejects.toThrow();
  response.end("answered");
  expect(await (await asking).text()).toBe("answered");
  expect(await draining).toBe(0);
});

test("S45 a request that takes longer than the limit is counted", async () => {
  await askAndWait();
  expect(await drain(server, 100)).toBe(1);
});

test("S45 nothing is waited for when nothing runs, not even an open event stream", async () => {
  const { response } = await askAndWait();
  response.setHeader("content-type", "text/event-stream").write("data: 1\n\n");
  const startedAt = Date.now();
  expect(await drain(server, 10_000)).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(1000);
});
