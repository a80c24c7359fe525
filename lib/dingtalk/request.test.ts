import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createCircuitBreaker } from "./circuit-breaker";
import { DingTalkError } from "./errors";
import { type ApiCall, type CallReport, createRequest, type RequestOptions } from "./request";

const servers: Server[] = [];

afterEach(async () => {
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

function send(url: string, options: Partial<RequestOptions> = {}, call: Partial<ApiCall<{ hello: string }>> = {}) {
  return createRequest({ apiUrl: url, oapiUrl: url, ...options }, createCircuits())({ ...greeting, ...call });
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
      { name: "greeting", ms: 40, outcome: "ok", code: null, requestId: "r1" },
      { name: "greeting", ms: 7, outcome: "http", code: "systemError", requestId: "r2" },
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
