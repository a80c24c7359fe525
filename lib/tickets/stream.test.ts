import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { signInAs } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { findPhoneViewer } from "../auth/viewer";
import { db } from "../db/client";
import { tickets } from "../db/schema";
import { closeStreams } from "../http/event-stream";
import { hashSecret } from "../secrets";
import { approveTicket, declineTicket, scanTicket } from "./phone";
import { openTicketStream } from "./stream";
import * as ticketModule from "./ticket";
import { cancelTicket, createTicket } from "./ticket";

createWorld();

const secret = "the-ticket-secret-of-one-browser";

afterEach(() => {
  closeStreams();
  vi.useRealTimers();
});

/** Opens a desktop's event stream; `next` returns one message, or null at the end of the stream. */
async function follow(signal = new AbortController().signal) {
  const ticket = await createTicket(secret, { ip: null, userAgent: null });
  if (!ticket) throw new Error("no ticket");
  const credentials = { id: ticket.id, secret };
  const response = await openTicketStream(credentials, signal);
  if (!response?.body) throw new Error("no stream");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  return { credentials, number: ticket.number, next: async () => (await reader.read()).value ?? null };
}

async function expire(id: string): Promise<void> {
  await db
    .update(tickets)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(tickets.idHash, hashSecret(id)));
}

test("a stream begins with the ticket's state, so that no transition is missed", async () => {
  const { next } = await follow();
  expect(await next()).toBe("retry: 2000\n\n");
  expect(await next()).toContain('"state":"waiting"');
});

test("opening a stream reads its ticket's row once", async () => {
  const reads = vi.spyOn(ticketModule, "viewTicket");
  await follow();
  expect(reads).toHaveBeenCalledTimes(1);
  reads.mockRestore();
});

test("a stream sends each transition without another query, and the employee only with an approval", async () => {
  await signInAs(buildEmployee("user0001", { name: "李雷" }), "silent");
  const viewer = await findPhoneViewer();
  if (!viewer) throw new Error("no phone");
  const { credentials, next } = await follow();
  await next();
  await next();
  const client = { ip: null, userAgent: null };
  const reads = vi.spyOn(ticketModule, "viewTicket");
  await scanTicket(viewer, { id: credentials.id, client });
  expect(await next()).toMatch(/"state":"scanned".*"scannedBy":null/);
  await declineTicket(viewer, { id: credentials.id, client });
  expect(await next()).toMatch(/"state":"declined".*"scannedBy":null/);
  expect(await next()).toBeNull();
  expect(reads).not.toHaveBeenCalled();
  reads.mockRestore();
  const approved = await follow();
  for (let events = 0; events < 2; events += 1) await approved.next();
  const { id } = approved.credentials;
  await scanTicket(viewer, { id, client });
  await approved.next();
  await approveTicket(viewer, { id, number: approved.number, client });
  expect(await approved.next()).toMatch(/"state":"approved".*"scannedBy":\{"name":"李雷"/);
});

test("S16 a stream ends with its ticket, even when the ticket only expires", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { credentials, next } = await follow();
  await next();
  await next();
  const timers = vi.getTimerCount();
  await expire(credentials.id);
  await vi.advanceTimersByTimeAsync(120_000);
  const messages: string[] = [];
  for (let text = await next(); text !== null; text = await next()) messages.push(text);
  expect(messages.at(-1)).toContain('"state":"expired"');
  expect(vi.getTimerCount()).toBeLessThan(timers);
});

test("a stream whose ticket is final leaves no timer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  const { credentials, next } = await follow();
  await next();
  await next();
  // Streams have one timer together; other parts of the process may have their own.
  const timers = vi.getTimerCount();
  await cancelTicket(credentials);
  expect(await next()).toContain('"state":"cancelled"');
  expect(await next()).toBeNull();
  expect(vi.getTimerCount()).toBe(timers - 1);
});

test("a stream sends a comment every 30 seconds, so that proxies do not close it", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { next } = await follow();
  await next();
  await next();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await next()).toBe(": still here\n\n");
});

test("every stream is closed when the server stops", async () => {
  const streams = await Promise.all([follow(), follow()]);
  for (const { next } of streams) for (let events = 0; events < 2; events += 1) await next();
  closeStreams();
  expect(await Promise.all(streams.map(({ next }) => next()))).toEqual([null, null]);
});

test("a stream whose browser disconnected releases its timers", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  const leaving = new AbortController();
  const { next } = await follow(leaving.signal);
  await next();
  await next();
  const timers = vi.getTimerCount();
  leaving.abort();
  expect(vi.getTimerCount()).toBe(timers - 1);
});
