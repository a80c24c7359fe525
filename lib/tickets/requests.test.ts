import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { serve } from "../../test/browser";
import { createWorld, goodSettings } from "../../test/world";
import { db } from "../db/client";
import { rateLimits } from "../db/expiring-schema";
import { answerCancel, answerCreate, answerEvents, answerView } from "./requests";

createWorld({ TICKETS_PER_MINUTE: "6" });

const origin = goodSettings.NEXTAUTH_URL;
const opened = z.object({
  id: z.string(),
  number: z.string().regex(/^\d\d$/),
  secondsLeft: z.number(),
  address: z.string(),
});

function ask(method: string, headers: Record<string, string> = {}) {
  return new NextRequest(`${origin}/api/tickets`, {
    method,
    headers: { "x-forwarded-for": "203.0.113.24", ...headers },
  });
}

const create = (headers: Record<string, string>) => serve(ask("POST", headers), answerCreate);
const view = (id: string, headers: Record<string, string> = {}) => serve(ask("GET", headers), () => answerView(id));
const follow = (id: string, headers: Record<string, string> = {}) =>
  serve(ask("GET", headers), ({ signal }) => answerEvents(id, signal));
const cancel = (id: string, headers: Record<string, string>) =>
  serve(ask("DELETE", headers), (request) => answerCancel(request, id));

async function open(headers: Record<string, string> = {}) {
  const answer = await create({ origin, ...headers });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { answer, cookie, ticket: opened.parse(await answer.json()) };
}

beforeEach(async () => {
  await db.delete(rateLimits);
});

describe("over HTTP a ticket", () => {
  test("S16 has an address for the QR code and a secret that scripts cannot read", async () => {
    const { answer, ticket } = await open();
    expect(answer.status).toBe(201);
    expect(ticket).toMatchObject({ address: `${origin}/scan/${ticket.id}`, secondsLeft: 120 });
    expect(answer.headers.get("set-cookie")).toMatch(
      /^__Host-ticket-secret=[\w-]{43}; Path=\/; Expires=[^;]+; Max-Age=3600; Secure; HttpOnly; SameSite=lax$/,
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("uses the same secret for a browser's next ticket", async () => {
    const first = await open();
    const second = await open({ cookie: first.cookie });
    expect(second.cookie).toBe(first.cookie);
    expect(second.ticket.id).not.toBe(first.ticket.id);
  });

  test.each([
    "x; Path=/; Domain=evil.test",
    'x\r\n{"msg":"FORGED"}',
    "x".repeat(42),
    `${"x".repeat(43)}=`,
    "x".repeat(43),
  ])("S16 S37 accepts no secret that the client made up: %j", async (made) => {
    const { answer, cookie } = await open({ cookie: `__Host-ticket-secret=${encodeURIComponent(made)}` });
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    expect(cookie).toMatch(/^__Host-ticket-secret=[\w-]{43}$/);
    expect(cookie).not.toContain("xxx");
  });

  test("S16 does not exist for a client without its secret", async () => {
    const { ticket, cookie } = await open();
    const thief = { cookie: `__Host-ticket-secret=${"x".repeat(43)}` };
    for (const ask of [view, follow]) {
      expect((await ask(ticket.id)).status).toBe(404);
      expect((await ask(ticket.id, thief)).status).toBe(404);
    }
    const own = await view(ticket.id, { cookie });
    expect(await own.json()).toMatchObject({ state: "waiting", scannedBy: null });
  });

  test("sends its state and each transition in a stream, which ends with the ticket", async () => {
    const { ticket, cookie } = await open();
    const stream = await follow(ticket.id, { cookie });
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect((await cancel(ticket.id, { cookie, origin })).status).toBe(204);
    const states = [...(await stream.text()).matchAll(/"state":"(\w+)"/g)].map((match) => match[1]);
    expect(states.at(-1)).toBe("cancelled");
  });

  test("S13 is neither created nor cancelled for another site", async () => {
    const { ticket, cookie } = await open();
    const elsewhere = { cookie, origin: "https://evil.example" };
    expect((await create(elsewhere)).status).toBe(403);
    expect((await cancel(ticket.id, elsewhere)).status).toBe(403);
    expect(await (await view(ticket.id, { cookie })).json()).toMatchObject({ state: "waiting" });
  });

  test("S20 is refused with the time to wait when one address asks too often", async () => {
    for (let turn = 0; turn < 6; turn++) await open();
    const refused = await create({ origin });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused.json()).toEqual({ retryAfterSeconds: seconds });
    expect((await create({ origin, "x-forwarded-for": "198.51.100.7" })).status).toBe(201);
  });
});
