import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { DingTalkError } from "./errors";
import { type Call, type CallReport, createRequest, type RequestOptions } from "./request";

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

const greeting: Call<{ hello: string }> = {
  name: "greeting",
  host: "api",
  method: "GET",
  path: "/hello",
  answer: z.object({ hello: z.string() }),
};

function ask(url: string, options: Partial<RequestOptions> = {}, call: Partial<Call<{ hello: string }>> = {}) {
  return createRequest({ apiUrl: url, oapiUrl: url, ...options })({ ...greeting, ...call });
}

async function faultOf(asked: Promise<unknown>): Promise<DingTalkError> {
  const error = await asked.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof DingTalkError) return error;
  throw new Error(`expected a DingTalkError, got ${inspect(error)}`);
}

function sayJson(json: unknown, status = 200): RequestListener {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json;charset=utf-8" }).end(JSON.stringify(json));
  };
}

describe("a call that gets no answer", () => {
  test("is unreachable when the connection is refused", async () => {
    const url = await serve(sayJson({}));
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    expect(await faultOf(ask(url))).toMatchObject({ kind: "unreachable", httpStatus: null, call: "greeting" });
  });

  test("is unreachable when the connection is reset before the answer", async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await faultOf(ask(url))).toMatchObject({ kind: "unreachable" });
  });

  test("is unreachable when the connection is reset in the middle of the body", async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write('{"hello":', () => request.socket.destroy());
    });
    expect(await faultOf(ask(url))).toMatchObject({ kind: "unreachable" });
  });

  test("S32 is a time-out when the headers do not come", async () => {
    const url = await serve(() => undefined);
    expect(await faultOf(ask(url, { timeoutMs: 30 }))).toMatchObject({ kind: "timeout" });
  });

  test("S32 is a time-out when the body does not end", async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('{"hello":'));
    expect(await faultOf(ask(url, { timeoutMs: 100 }))).toMatchObject({ kind: "timeout" });
  });
});

describe("an answer that is none", () => {
  test.each([
    ["JSON cut short", "application/json", '{"hello":"wor'],
    ["an HTML page", "text/html", "<html><body>ok</body></html>"],
    ["JSON that calls itself HTML", "text/html", '{"hello":"world"}'],
    ["an empty body", "application/json", ""],
    ["JSON of another shape", "application/json", '{"hello":1}'],
    ["JSON that is no object", "application/json", "[1]"],
  ])("S34 is malformed: %s", async (_, type, body) => {
    const url = await serve((_request, response) => void response.writeHead(200, { "content-type": type }).end(body));
    expect(await faultOf(ask(url))).toMatchObject({ kind: "malformed", httpStatus: 200, code: null, reason: null });
  });

  test("S34 is malformed beyond one megabyte, of which the rest is never fetched", async () => {
    const closed = vi.fn();
    const url = await serve((_, response) => {
      response.on("close", closed).writeHead(200, { "content-type": "application/json" });
      response.write(`{"hello":"${"a".repeat(1024 * 1024)}`);
    });
    expect(await faultOf(ask(url))).toMatchObject({ kind: "malformed" });
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  test("S34 is an http fault when it redirects, and nobody follows", async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(302, { location: "/elsewhere" }).end('{"hello":"world"}');
    });
    expect(await faultOf(ask(url))).toMatchObject({ kind: "http", httpStatus: 302 });
    expect(seen).toEqual(["/hello"]);
  });

  test("is an http fault when a gateway answers with a page", async () => {
    const url = await serve((_, response) => {
      response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad Gateway</h1>");
    });
    expect(await faultOf(ask(url))).toMatchObject({ kind: "http", httpStatus: 502, reason: "busy", code: null });
  });
});

describe("a good call", () => {
  async function recorded(call: Partial<Call<{ hello: string }>>): Promise<{ request: IncomingMessage; body: string }> {
    const seen: { request: IncomingMessage; body: string }[] = [];
    const url = await serve(async (request, response) => {
      const parts = await request.toArray();
      seen.push({ request, body: Buffer.concat(parts).toString() });
      sayJson({ hello: "world" })(request, response);
    });
    await expect(ask(`${url}/base/`, {}, call)).resolves.toEqual({ hello: "world" });
    return seen[0] ?? Promise.reject(new Error("Nothing was asked."));
  }

  test("carries the token in a header to the api host", async () => {
    const { request } = await recorded({ token: "abc" });
    expect(request.url).toBe("/base/hello");
    expect(request.headers).toMatchObject({ "x-acs-dingtalk-access-token": "abc", accept: "application/json" });
  });

  test("carries the token in the query to the oapi host", async () => {
    const { request } = await recorded({ host: "oapi", token: "a b", query: { userid: "李&雷" } });
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    expect(Object.fromEntries(query)).toEqual({ userid: "李&雷", access_token: "a b" });
    expect(request.headers).not.toHaveProperty("x-acs-dingtalk-access-token");
  });

  test("sends its body as JSON", async () => {
    const { request, body } = await recorded({ method: "POST", body: { code: "c" } });
    expect(request.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual({ code: "c" });
  });
});

describe("what is told about a call", () => {
  test("is its name, its time, its outcome and DingTalk's request id", async () => {
    const reports: CallReport[] = [];
    const times = [1000, 1040, 2000, 2007];
    const options = { onCall: (call: CallReport) => void reports.push(call), clock: () => times.shift() ?? 0 };
    await ask(await serve(sayJson({ hello: "world", request_id: "r1" })), options);
    await faultOf(ask(await serve(sayJson({ code: "systemError", requestid: "r2" }, 500)), options));
    expect(reports).toEqual([
      { name: "greeting", ms: 40, outcome: "ok", code: null, requestId: "r1" },
      { name: "greeting", ms: 7, outcome: "http", code: "systemError", requestId: "r2" },
    ]);
  });

  test("falls back to the request id in the header", async () => {
    const url = await serve((_, response) => void response.writeHead(500, { "x-acs-request-id": "r3" }).end());
    expect(await faultOf(ask(url))).toMatchObject({ requestId: "r3" });
  });

  test.each([
    ["a refusal", sayJson({ errcode: 40014, errmsg: "bad token s3cret-token" })],
    ["an answer cut short", (_: IncomingMessage, response) => void response.end('{"hello":"s3cret-token')],
    ["a wrong shape", sayJson({ hello: { token: "s3cret-token" } })],
    ["a lost connection", (request: IncomingMessage) => void request.socket.destroy()],
    ["silence", () => undefined],
  ] satisfies [string, RequestListener][])("S7 holds no token after %s", async (_, listener) => {
    const reports: CallReport[] = [];
    const onCall = (call: CallReport) => void reports.push(call);
    const call = { host: "oapi", method: "POST", token: "s3cret-token", body: { code: "s3cret-token" } } as const;
    const error = await faultOf(ask(await serve(listener), { timeoutMs: 200, onCall }, call));
    expect(inspect([error, error.stack, reports], { depth: null, showHidden: true })).not.toContain("s3cret-token");
  });

  test("S7 holds no token when the token cannot be sent", async () => {
    const error = await faultOf(ask("http://127.0.0.1:1", {}, { token: "s3cret\ntoken" }));
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("s3cret");
  });
});
