import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { type DirectoryEvent } from "./event";
import { type EventStream, openStream, type StreamOptions } from "./stream";

vi.setConfig({ testTimeout: 30_000 });

let server: WebSocketServer;
let sockets: WebSocket[] = [];
let replies: { socket: number; text: string }[] = [];
let stream: EventStream | null = null;
let opened = 0;
const events: DirectoryEvent[] = [];
const changes: string[] = [];

beforeEach(async () => {
  [sockets, replies, opened] = [[], [], 0];
  for (const list of [events, changes]) list.length = 0;
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket) => {
    const index = sockets.push(socket) - 1;
    socket.on("message", (data) => replies.push({ socket: index, text: String(data) }));
  });
  await vi.waitFor(() => expect(server.address()).not.toBeNull());
});

afterEach(() => {
  stream?.close();
  for (const socket of sockets) socket.terminate();
  server.close();
});

function endpoint(): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  return `ws://127.0.0.1:${address.port}/connect`;
}

function open(options: Partial<StreamOptions> = {}): void {
  stream = openStream({
    openConnection: async () => {
      opened += 1;
      return { endpoint: endpoint(), ticket: `ticket ${opened}` };
    },
    isAllowed: () => true,
    onEvent: async (event) => void events.push(event),
    onState: ({ isOpen, reason }) => changes.push(`${isOpen} ${reason}`),
    // The shortest pause.
    random: () => 0,
    ...options,
  });
}

const connected = (count: number) => vi.waitFor(() => expect(sockets).toHaveLength(count), { timeout: 15_000 });
const answered = (count: number) => vi.waitFor(() => expect(replies).toHaveLength(count), { timeout: 15_000 });

function push(type: string, headers: object, data: object): void {
  const frame = {
    specVersion: "1.0",
    type,
    headers: { topic: "*", messageId: "m1", ...headers },
    data: JSON.stringify(data),
  };
  sockets.at(-1)?.send(JSON.stringify(frame));
}

const eventHeaders = {
  eventType: "user_leave_org",
  eventId: "e1",
  eventCorpId: "corp",
  eventBornTime: "1690000000000",
};
const dataOf = (index: number) => JSON.parse(JSON.parse(replies[index]?.text ?? "{}").data);

describe("S41 a connection of Stream mode", () => {
  test("acknowledges an event when it is stored", async () => {
    open();
    await connected(1);
    push("EVENT", eventHeaders, { userId: ["user0001"] });
    await answered(1);
    expect(events).toMatchObject([{ id: "e1", type: "user_leave_org", userIds: ["user0001"] }]);
    expect(JSON.parse(replies[0]?.text ?? "")).toMatchObject({ code: 200, headers: { messageId: "m1" } });
    expect(dataOf(0)).toEqual({ status: "SUCCESS" });
    expect(stream?.state().isOpen).toBe(true);
  });

  test("asks for an event again that could not be stored", async () => {
    open({ onEvent: () => Promise.reject(new Error("no database")) });
    await connected(1);
    push("EVENT", eventHeaders, {});
    await answered(1);
    expect(dataOf(0)).toEqual({ status: "LATER" });
  });

  test("echoes a ping, and survives what is no message", async () => {
    open();
    await connected(1);
    sockets[0]?.send("no json");
    sockets[0]?.send(JSON.stringify({ type: "EVENT" }));
    push("SYSTEM", { topic: "ping" }, { opaque: "abc" });
    await answered(1);
    expect(dataOf(0)).toEqual({ opaque: "abc" });
  });

  test("that DingTalk ends is followed by one new one with a new ticket", async () => {
    open();
    await connected(1);
    push("SYSTEM", { topic: "disconnect" }, {});
    await connected(2);
    sockets[1]?.terminate();
    await connected(3);
    expect(opened).toBe(3);
    expect([...server.clients].filter((socket) => socket.readyState === socket.OPEN)).toHaveLength(1);
  });

  test("that falls silent is given up by the clock, though the socket is open", async () => {
    let now = 0;
    open({ clock: () => now });
    await connected(1);
    // What the server says is no longer read.
    sockets[0]?.pause();
    now = 3_600_000;
    await connected(2);
    expect(changes).toContain("false silent");
  });

  test("is never opened to another host", async () => {
    open({ isAllowed: (url) => url.hostname === "wss-open-connection.dingtalk.com" });
    await vi.waitFor(() => expect(changes).toContain("false the gateway leads to another host"));
    expect(sockets).toEqual([]);
  });

  test("is tried again with growing pauses while the gateway fails", async () => {
    vi.useFakeTimers();
    const at: number[] = [];
    open({
      openConnection: () => {
        at.push(Date.now());
        return Promise.reject(new Error("502"));
      },
    });
    await vi.advanceTimersByTimeAsync(200_000);
    vi.useRealTimers();
    const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(pauses.slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  test("is not opened again after it was closed", async () => {
    open();
    await connected(1);
    stream?.close();
    await vi.waitFor(() => expect(sockets[0]?.readyState).toBe(3));
    await pause(800);
    expect(opened).toBe(1);
  });
});
