import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { prepareIncomingRequests } from "../incoming-request";
import { responseHeaders } from "../response-headers";
import { beginStopping } from "./drain";
import { guardServer } from "./guard";

const timeouts = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };
const handle: RequestListener = (_request, response) => void (response.writableEnded || response.end("handled"));
let server: Server;

prepareIncomingRequests();

beforeEach(async () => {
  globalThis.singletons = new Map(globalThis.singletons);
  globalThis.singletons.delete("drain");
  server = createServer(timeouts);
  guardServer(server);
  server.on("request", handle);
  await once(server.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** Sends bytes and returns everything that the server sends until it closes the connection. */
async function exchange(text: string): Promise<{ status: number; text: string }> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const socket = connect(address.port, "127.0.0.1").setEncoding("utf8");
  let received = "";
  socket.on("data", (part) => {
    received += part;
  });
  socket.write(text);
  await once(socket, "close");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1]), text: received };
}

function request(method: string, path: string): string {
  return `${method} ${path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n`;
}

function expectEveryHeader(text: string): void {
  for (const [name, value] of Object.entries(responseHeaders)) expect(text).toContain(`${name}: ${value}`);
}

describe("S39 a request that must not reach Next is refused with every header", () => {
  test.each([
    [405, request("TRACE", "/login")],
    [405, request("PUT", "/login")],
    [405, request("OPTIONS", "*")],
    [405, request("DELETE", "/login")],
    [405, request("CONNECT", "elsewhere:443")],
    [400, request("GET", "/admin/employees/%")],
    [400, request("GET", "/%ff")],
    [400, "garbage\r\n\r\n"],
    [400, request("WRONG", "/login")],
    [431, `GET / HTTP/1.1\r\nHost: here\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`],
  ])("%i: %j", async (status, sent) => {
    const answer = await exchange(sent);
    expect(answer.status).toBe(status);
    expectEveryHeader(answer.text);
    expect(answer.text).not.toContain("handled");
  });
});

test.each([request("GET", "/login"), request("POST", "/api/tickets"), request("DELETE", "/api/tickets/1")])(
  "S39 a usual request is handled, and its response has every header: %j",
  async (sent) => {
    const answer = await exchange(sent);
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining("handled") });
    expectEveryHeader(answer.text);
  },
);

test.each([
  "",
  "GET /login HTTP/1.1\r\nHost: here\r\n",
  "POST /login HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n",
])("S42 a request that does not arrive in time is cut: %j", async (sent) => {
  server.off("request", handle);
  const answer = await exchange(sent);
  expect(answer.status).toBe(408);
  expectEveryHeader(answer.text);
});

test("S45 a process that stops refuses further requests, and says that it is not ready", async () => {
  beginStopping();
  const refused = await exchange(request("GET", "/api/tickets/1/events"));
  expect(refused).toMatchObject({ status: 503, text: expect.stringContaining("Retry-After: 1") });
  expectEveryHeader(refused.text);
  expect((await exchange(request("GET", "/api/ready?now"))).text).toContain("handled");
});
