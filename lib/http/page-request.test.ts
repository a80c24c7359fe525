import { createServer, get, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goodSettings } from "../../test/world";
import { readEnv } from "../env";
import { responseHeaders } from "../response-headers";
import { preparePageRequest } from "./page-request";

const server = createServer((request, response) => {
  response.setHeader("Content-Security-Policy", responseHeaders["Content-Security-Policy"]);
  preparePageRequest(request, response);
  response.end(JSON.stringify(request.headers));
});

beforeAll(async () => {
  globalThis.singletons = new Map([["env", readEnv(goodSettings)]]);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

type Seen = { page: Record<string, string>; policy: string };

/** What a page and a browser read after this request. */
function ask(path: string, headers: IncomingHttpHeaders = {}): Promise<Seen> {
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return new Promise((resolve, reject) => {
    const asking = get({ host: "127.0.0.1", port, path, headers, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (part) => {
        text += part;
      });
      const policy = String(answer.headers["content-security-policy"]);
      answer.on("end", () => resolve({ page: JSON.parse(text), policy }));
    });
    asking.on("error", reject);
  });
}

describe("a page's request", () => {
  test("S39 has a new nonce, the same for the page and for the browser", async () => {
    const answers = [await ask("/login"), await ask("/login")];
    const nonces = answers.map(({ policy }) => /'nonce-([^']+)'/.exec(policy)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{40,}={0,2}$/);
    for (const { page, policy } of answers) expect(page["content-security-policy"]).toBe(policy);
  });

  test("S39 takes no policy and no path from the client", async () => {
    const forged = {
      "content-security-policy": "script-src 'nonce-known-to-an-attacker'",
      "x-path": "/admin/employees",
    };
    const { page } = await ask("/profile?tab=1", forged);
    expect(page["content-security-policy"]).not.toContain("known-to-an-attacker");
    expect(page["x-path"]).toBe("/profile?tab=1");
    const api = await ask("/api/health", forged);
    expect(api.page).not.toHaveProperty("x-path");
    expect(api.page).not.toHaveProperty("content-security-policy");
  });

  test.each([
    ["/profile?_rsc=1abc&tab=1", "/profile?tab=1"],
    ["/profile?_rsc=1abc", "/profile"],
    ["/profile?", "/profile"],
    ["/a%20b?c=%E6%9D%8E", "/a%20b?c=%E6%9D%8E"],
  ])("to %s has the path %s, without what Next adds", async (path, seen) => {
    expect((await ask(path)).page["x-path"]).toBe(seen);
  });

  test("S34 calls no action without a name, which Next would try to decode", async () => {
    expect((await ask("/login", { "next-action": "" })).page).not.toHaveProperty("next-action");
    expect((await ask("/login", { "next-action": "40a0" })).page["next-action"]).toBe("40a0");
  });
});

test.each([
  "/",
  "/login",
  "/profile",
  "/admin/employees",
  "/admin/employees/user0001",
  "/admin/employees/user0001.png",
  "/scan/ticket.svg",
  "/apiary",
  "/%",
  "//",
  "/_next/data/build/login.json",
])("S39 %s has a page's policy", async (path) => {
  expect((await ask(path)).policy).toContain("'strict-dynamic'");
});

test.each(["/api/auth/session", "/_next/static/chunks/main.js", "/_next/image", "/favicon.ico", "/logo.svg"])(
  "S39 %s, which is no page, runs no script",
  async (path) => {
    expect((await ask(path)).policy).toBe(responseHeaders["Content-Security-Policy"]);
  },
);
