import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createWorld, goodSettings } from "../../test/world";
import { db } from "../db/client";
import { rateLimits } from "../db/schema";
import { answerCancel, answerEvents, answerOpen, answerView } from "./requests";

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

async function open(headers: Record<string, string> = {}) {
  const answer = await answerOpen(ask("POST", { origin, ...headers }));
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { answer, cookie, ticket: opened.parse(await answer.json()) };
}

beforeEach(async () => {
  await (await db()).delete(rateLimits);
});

describe("over HTTP a ticket", () => {
  test("S16 is an address for the QR and a secret that scripts cannot read", async () => {
    const { answer, ticket } = await open();
    expect(answer.status).toBe(201);
    expect(ticket).toMatchObject({ address: `${origin}/scan/${ticket.id}`, secondsLeft: 120 });
    expect(answer.headers.get("set-cookie")).toMatch(
      /^__Host-ticket-secret=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("keeps a browser's secret from one ticket to the next", async () => {
    const first = await open();
    const second = await open({ cookie: first.cookie });
    expect(second.cookie).toBe(first.cookie);
    expect(second.ticket.id).not.toBe(first.ticket.id);
  });

  test("S16 does not exist for anybody without its secret", async () => {
    const { ticket, cookie } = await open();
    const thief = { cookie: `__Host-ticket-secret=${"x".repeat(43)}` };
    for (const answer of [answerView, answerEvents]) {
      expect((await answer(ask("GET"), ticket.id)).status).toBe(404);
      expect((await answer(ask("GET", thief), ticket.id)).status).toBe(404);
    }
    const own = await answerView(ask("GET", { cookie }), ticket.id);
    expect(await own.json()).toMatchObject({ state: "waiting", scannedBy: null });
  });

  test("sends how it stands on subscribing, then each move, and ends when it is over", async () => {
    const { ticket, cookie } = await open();
    const stream = await answerEvents(ask("GET", { cookie }), ticket.id);
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect((await answerCancel(ask("DELETE", { cookie, origin }), ticket.id)).status).toBe(204);
    const states = [...(await stream.text()).matchAll(/"state":"(\w+)"/g)].map((match) => match[1]);
    expect(states.at(-1)).toBe("cancelled");
  });

  test("S13 is neither opened nor cancelled for another site", async () => {
    const { ticket, cookie } = await open();
    const elsewhere = { cookie, origin: "https://evil.example" };
    expect((await answerOpen(ask("POST", elsewhere))).status).toBe(403);
    expect((await answerCancel(ask("DELETE", elsewhere), ticket.id)).status).toBe(403);
    expect(await (await answerView(ask("GET", { cookie }), ticket.id)).json()).toMatchObject({ state: "waiting" });
  });

  test("S20 is refused with the time to wait when one address asks too often", async () => {
    for (let turn = 0; turn < 6; turn++) await open();
    const refused = await answerOpen(ask("POST", { origin }));
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused.json()).toEqual({ retryAfterSeconds: seconds });
    expect((await answerOpen(ask("POST", { origin, "x-forwarded-for": "198.51.100.7" }))).status).toBe(201);
  });
});
