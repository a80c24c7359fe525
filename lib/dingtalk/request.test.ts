import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { type ApiCall } from "./call";
import { createCallQueue } from "./call-queue";
import { createCircuitBreaker } from "./circuit-breaker";
import { DingTalkError } from "./errors";
import { type NetworkOptions, openNetwork } from "./request";
import { type CallOptions, type CallReport, createSendCall } from "./send-call";

const servers: Server[] = [];
const networks: { close: () => void }[] = [];

afterEach(async () => {
  for (const network of networks.splice(0)) network.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}

const greeting: ApiCall<{ hello: string }> = {
  name: "greeting",
  host: "api",
  method: "GET",
  path: "/hello",
  schema: z.object({ hello: z.string() }),
};

function createCircuits() {
  const create = () => createCircuitBreaker({ clock: () => 0, random: () => 0 });
  return { api: create(), oapi: create() };
}

type Options = CallOptions & Partial<NetworkOptions>;

function createSender(url: string, options: Options = {}) {
  const network = openNetwork({ apiUrl: url, oapiUrl: url, ...options });
  networks.push(network);
  const queue = createCallQueue({ perSecond: null });
  return createSendCall(options, { circuits: createCircuits(), queue, send: network.send });
}

function send(url: string, options: Options = {}, call: Partial<ApiCall<{ hello: string }>> = {}) {
  return createSender(url, options)({ ...greeting, ...call });
}

async function errorOf(promise: Promise<unknown>): Promise<DingTalkError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof DingTalkError) return error;
  throw new Error(`expected a DingTalkError, got ${inspect(error)}`);
}

function answerJson(json: unknown, status = 200): RequestListener {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json;charset=utf-8" }).end(JSON.stringify(json));
  };
}

describe("a call without a response", () => {
  test("is unreachable when the connection is refused", async () => {
    const url = await serve(answerJson({}));
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    expect(await errorOf(send(url))).toMatchObject({ kind: "unreachable", httpStatus: null, call: "greeting" });
  });

  test("is unreachable when the connection is reset before the response", async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await errorOf(send(url))).toMatchObject({ kind: "unreachable" });
  });

  test("is unreachable when the connection is reset inside the body", async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write('{"hello":', () => request.socket.destroy());
    });
    expect(await errorOf(send(url))).toMatchObject({ kind: "unreachable" });
  });

  test("S32 is a time-out when the headers do not arrive", async () => {
    const url = await serve(() => undefined);
    expect(await errorOf(send(url, { timeoutMs: 30 }))).toMatchObject({ kind: "timeout" });
  });

  test("S32 is a time-out when the body does not end", async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('{"hello":'));
    expect(await errorOf(send(url, { timeoutMs: 100 }))).toMatchObject({ kind: "timeout" });
  });
});

describe("an unusable response", () => {
  test.each([
    ["truncated JSON", "application/json", '{"hello":"wor'],
    ["an HTML page", "text/html", "<html><body>ok</body></html>"],
    ["JSON with the content type of HTML", "text/html", '{"hello":"world"}'],
    ["an empty body", "application/json", ""],
    ["JSON of another shape", "application/json", '{"hello":1}'],
    ["JSON that is not an object", "application/json", "[1]"],
  ])("S34 is malformed: %s", async (_, type, body) => {
    const url = await serve((_request, response) => void response.writeHead(200, { "content-type": type }).end(body));
    expect(await errorOf(send(url))).toMatchObject({ kind: "malformed", httpStatus: 200, code: null, reason: null });
  });

  test("S34 is malformed when it exceeds one megabyte, and the rest is not read", async () => {
    const closed = vi.fn();
    const url = await serve((_, response) => {
      response.on("close", closed).writeHead(200, { "content-type": "application/json" });
      response.write(`{"hello":"${"a".repeat(1024 * 1024)}`);
    });
    expect(await errorOf(send(url))).toMatchObject({ kind: "malformed" });
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  test("S34 is an http error when it is a redirect, which is not followed", async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(302, { location: "/elsewhere" }).end('{"hello":"world"}');
    });
    expect(await errorOf(send(url))).toMatchObject({ kind: "http", httpStatus: 302 });
    expect(seen).toEqual(["/hello"]);
  });

  test("is an http error when a gateway answers with an HTML page", async () => {
    const url = await serve((_, response) => {
      response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad Gateway</h1>");
    });
    expect(await errorOf(send(url))).toMatchObject({ kind: "http", httpStatus: 502, reason: "busy", code: null });
  });
});

describe("a successful call", () => {
  async function recordRequest(
    call: Partial<ApiCall<{ hello: string }>>,
  ): Promise<{ request: IncomingMessage; body: string }> {
    const seen: { request: IncomingMessage; body: string }[] = [];
    const url = await serve(async (request, response) => {
      const parts = await request.toArray();
      seen.push({ request, body: Buffer.concat(parts).toString() });
      answerJson({ hello: "world" })(request, response);
    });
    await expect(send(`${url}/base/`, {}, call)).resolves.toEqual({ hello: "world" });
    return seen[0] ?? Promise.reject(new Error("No request was made."));
  }

  test("sends the token in a header to the api host", async () => {
    const { request } = await recordRequest({ token: "abc" });
    expect(request.url).toBe("/base/hello");
    expect(request.headers).toMatchObject({ "x-acs-dingtalk-access-token": "abc", accept: "application/json" });
  });

  test("sends the token in the query to the oapi host", async () => {
    const { request } = await recordRequest({ host: "oapi", token: "a b", query: { userid: "李&雷" } });
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    expect(Object.fromEntries(query)).toEqual({ userid: "李&雷", access_token: "a b" });
    expect(request.headers).not.toHaveProperty("x-acs-dingtalk-access-token");
  });

  test("sends its body as JSON", async () => {
    const { request, body } = await recordRequest({ method: "POST", body: { code: "c" } });
    expect(request.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual({ code: "c" });
  });
});

describe("the report of a call", () => {
  test("has its name, duration, outcome and DingTalk's request id", async () => {
    const reports: CallReport[] = [];
    const times = [1000, 1040, 2000, 2007];
    const options = { onCall: (call: CallReport) => void reports.push(call), clock: () => times.shift() ?? 0 };
    await send(await serve(answerJson({ hello: "world", request_id: "r1" })), options);
    await errorOf(send(await serve(answerJson({ code: "systemError", requestid: "r2" }, 500)), options));
    expect(reports).toEqual([
      { name: "greeting", ms: 40, outcome: "ok", reason: null, code: null, requestId: "r1" },
      { name: "greeting", ms: 7, outcome: "http", reason: "busy", code: "systemError", requestId: "r2" },
    ]);
  });

  test("has the request id of the header when the body has none", async () => {
    const url = await serve((_, response) => void response.writeHead(500, { "x-acs-request-id": "r3" }).end());
    expect(await errorOf(send(url))).toMatchObject({ requestId: "r3" });
  });

  test.each([
    ["a refusal", answerJson({ errcode: 40014, errmsg: "bad token s3cret-token" })],
    ["a truncated response", (_: IncomingMessage, response) => void response.end('{"hello":"s3cret-token')],
    ["a response of another shape", answerJson({ hello: { token: "s3cret-token" } })],
    ["a lost connection", (request: IncomingMessage) => void request.socket.destroy()],
    ["a time-out", () => undefined],
  ] satisfies [string, RequestListener][])("S7 contains no token after %s", async (_, listener) => {
    const reports: CallReport[] = [];
    const onCall = (call: CallReport) => void reports.push(call);
    const call = { host: "oapi", method: "POST", token: "s3cret-token", body: { code: "s3cret-token" } } as const;
    const error = await errorOf(send(await serve(listener), { timeoutMs: 200, onCall }, call));
    expect(inspect([error, error.stack, reports], { depth: null, showHidden: true })).not.toContain("s3cret-token");
  });

  test("S7 contains no token when the token cannot be sent", async () => {
    const error = await errorOf(send("http://127.0.0.1:1", {}, { token: "s3cret\ntoken" }));
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("s3cret");
  });
});

describe("connections", () => {
  /** A server that counts its connections. `onRequest` answers, or closes what it likes. */
  async function serveCounting(listener: RequestListener = answerJson({ hello: "world" })) {
    const sockets: Socket[] = [];
    const url = await serve(listener);
    const server = servers.at(-1);
    server?.on("connection", (socket) => sockets.push(socket));
    if (server) server.keepAliveTimeout = 60_000;
    return { url, sockets, server };
  }

  test("carry a chain of calls to both hosts of one address, each over one connection", async () => {
    const { url, sockets } = await serveCounting();
    const request = createSender(url);
    for (let turn = 0; turn < 4; turn += 1) await request(greeting);
    for (let turn = 0; turn < 4; turn += 1) await request({ ...greeting, host: "oapi", method: "POST", body: {} });
    expect(sockets).toHaveLength(2);
  });

  test("stay open after the error answers of DingTalk", async () => {
    const { url, sockets } = await serveCounting(answerJson({ code: "systemError" }, 500));
    const request = createSender(url);
    for (let turn = 0; turn < 3; turn += 1) await errorOf(request(greeting));
    expect(sockets).toHaveLength(1);
  });

  test("rest longer than the four seconds of fetch", async () => {
    const { url, sockets } = await serveCounting();
    const request = createSender(url);
    await request(greeting);
    await pause(5000);
    await request(greeting);
    expect(sockets).toHaveLength(1);
  }, 15_000);

  test("are closed before the time that the server announces", async () => {
    const { url, sockets, server } = await serveCounting();
    if (server) server.keepAliveTimeout = 2000;
    await createSender(url)(greeting);
    const closed = once(sockets[0] ?? new EventEmitter(), "end");
    await expect(closed).resolves.toBeDefined();
  });

  test("end when the client is closed", async () => {
    const { url, sockets } = await serveCounting();
    await createSender(url)(greeting);
    networks.at(-1)?.close();
    await vi.waitFor(() => expect(sockets[0]?.destroyed).toBe(true));
  });
});

describe("a resting connection that the server closes while it is used again", () => {
  /** Answers the first request; from then on `lose` ends the connection of every request but those numbered `answered`. */
  async function serveLosing(answered: number[], lose = (request: IncomingMessage) => void request.socket.destroy()) {
    let received = 0;
    const url = await serve((request, response) => {
      received += 1;
      if (answered.includes(received)) answerJson({ hello: "world" })(request, response);
      else lose(request);
    });
    return { request: createSender(url), received: () => received };
  }

  test.each([
    ["a read", {}],
    ["the exchange of a one-time code, which DingTalk itself accepts once", { method: "POST", body: { code: "c" } }],
  ] as const)("S32 is replaced by a new one for %s", async (_, call) => {
    const { request, received } = await serveLosing([1, 3]);
    await request(greeting);
    await expect(request({ ...greeting, ...call })).resolves.toEqual({ hello: "world" });
    expect(received()).toBe(3);
  });

  test("S32 is not replaced a second time", async () => {
    const { request, received } = await serveLosing([1]);
    await request(greeting);
    expect(await errorOf(request(greeting))).toMatchObject({ kind: "unreachable" });
    expect(received()).toBe(3);
  });

  test("S32 is not replaced for a message, which could arrive twice", async () => {
    const { request, received } = await serveLosing([1, 3]);
    await request(greeting);
    expect(await errorOf(request({ ...greeting, onlyOnce: true }))).toMatchObject({ kind: "unreachable" });
    expect(received()).toBe(2);
  });

  test("S32 is not replaced once a byte of the response has arrived", async () => {
    const { request, received } = await serveLosing([1, 3], ({ socket }) => void socket.end("HTTP/1.1 2"));
    await request(greeting);
    expect(await errorOf(request(greeting))).toMatchObject({ kind: "unreachable" });
    expect(received()).toBe(2);
  });

  test("S32 is not taken for one when it is new", async () => {
    const { request, received } = await serveLosing([2]);
    expect(await errorOf(request(greeting))).toMatchObject({ kind: "unreachable" });
    expect(received()).toBe(1);
  });

  test("S32 leaves no more time than one time-out to both sendings", async () => {
    const hang = (request: IncomingMessage) => void (sendings === 2 ? request.socket.destroy() : undefined);
    let sendings = 1;
    const url = await serve((request, response) => {
      if (sendings === 1) answerJson({ hello: "world" })(request, response);
      else hang(request);
      sendings += 1;
    });
    const request = createSender(url, { timeoutMs: 200 });
    await request(greeting);
    expect(await errorOf(request(greeting))).toMatchObject({ kind: "timeout" });
    expect(sendings).toBe(4);
  });
});

test("S7 a response that is no HTTP leaves none of its bytes in the error", async () => {
  const url = await serve(({ socket }) => void socket.end("s3cret-token\r\n\r\n"));
  const error = await errorOf(send(url));
  expect(error).toMatchObject({ kind: "unreachable" });
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain("s3cret");
  expect(Object.keys(error.cause ?? {})).toEqual([]);
});

test("a compressed answer is not asked for", async () => {
  const encodings: unknown[] = [];
  const url = await serve((request, response) => {
    encodings.push(request.headers["accept-encoding"]);
    answerJson({ hello: "world" })(request, response);
  });
  await send(url);
  expect(encodings).toEqual(["identity"]);
});
