import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, request } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readClientInfo } from "./http/client-info";
import { beyondRequest, currentRequestId, prepareIncomingRequests } from "./incoming-request";

/** What a framework holds of a request. */
const framework = new AsyncLocalStorage<object>();
const timers: { held: object | undefined; id: string | null }[] = [];

function setTimer(): void {
  setTimeout(() => timers.push({ held: framework.getStore(), id: currentRequestId() }), 0);
}

const server = createServer((asked, answer) =>
  answer
    .setHeader("x-request-id", currentRequestId() ?? "")
    .end(JSON.stringify(asked.headers["x-forwarded-for"] ?? null)),
);

beforeAll(async () => {
  prepareIncomingRequests();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** What a server reads in X-Forwarded-For when a client sends this. */
function forwarded(sent?: string | string[]): Promise<string | null> {
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const headers = sent === undefined ? {} : { "x-forwarded-for": sent };
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (part) => {
        text += part;
      });
      answer.on("end", () => resolve(JSON.parse(text)));
    });
    asking.on("error", reject).end();
  });
}

describe("the peer's address", () => {
  test("is recorded when the client sends no header", async () => {
    expect(await forwarded()).toBe("127.0.0.1");
  });

  test("is appended to a header that the client forged", async () => {
    expect(await forwarded("203.0.113.9")).toBe("203.0.113.9, 127.0.0.1");
    expect(await forwarded("1.1.1.1, 2.2.2.2")).toBe("1.1.1.1, 2.2.2.2, 127.0.0.1");
  });

  test("is appended to several forged headers", async () => {
    expect(await forwarded(["1.1.1.1", "2.2.2.2"])).toBe("1.1.1.1, 2.2.2.2, 127.0.0.1");
  });

  test("is used instead of a forged one when no proxy is trusted", async () => {
    const headers = new Headers({ "x-forwarded-for": (await forwarded("203.0.113.9")) ?? "" });
    expect(readClientInfo(headers, 0).ip).toBe("127.0.0.1");
  });

  test("is not used instead of the one that a trusted proxy saw", async () => {
    const headers = new Headers({ "x-forwarded-for": (await forwarded("6.6.6.6, 203.0.113.9")) ?? "" });
    expect(readClientInfo(headers, 1).ip).toBe("203.0.113.9");
  });
});

test("S37 each request has an id of its own, in everything that it causes, and none outside", async () => {
  const seen = new Set<string>();
  for (let turn = 0; turn < 3; turn += 1) seen.add(await requestId());
  expect(seen.size).toBe(3);
  expect(currentRequestId()).toBeNull();
});

/** The id that the server knows a request by; the client's own is ignored. */
async function requestId(): Promise<string> {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}`, { headers: { "x-request-id": "made-up" } });
  const id = response.headers.get("x-request-id") ?? "";
  expect(id).toMatch(/^[\da-f-]{36}$/);
  return id;
}

test("a timer that is set beyond the request holds nothing of it but its id", async () => {
  timers.length = 0;
  server.once("request", () => framework.run({ large: true }, () => beyondRequest(setTimer)));
  server.once("request", () => framework.run({ large: true }, setTimer));
  const id = await requestId();
  await expect.poll(() => timers.length).toBe(2);
  expect(timers).toEqual([
    { held: undefined, id },
    { held: { large: true }, id },
  ]);
});
