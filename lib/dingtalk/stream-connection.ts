import { WebSocket } from "ws";
import { z } from "zod";
import { type DirectoryEvent, readStreamEvent } from "./event";

export type ConnectionOptions = {
  clock: () => number;
  onOpen: () => void;
  /** Called once. */
  onEnd: (reason: string) => void;
  /** Stores an event. When it rejects, DingTalk is asked to send the event again. */
  onEvent: (event: DirectoryEvent) => Promise<void>;
};

/** DingTalk pings every half minute or so; we do too. A connection that is silent for longer is dead, whatever the socket says. */
const maxSilenceMs = 60_000;
const pingMs = 20_000;
const checkMs = 5000;
const openTimeoutMs = 10_000;
const maxPayload = 1024 * 1024;

const frameSchema = z.object({
  type: z.string(),
  headers: z.looseObject({ topic: z.string().optional(), messageId: z.string() }),
  data: z.string().catch(""),
});
type Frame = z.infer<typeof frameSchema>;

/**
 * Opens one connection of Stream mode and answers its messages until it ends. Returns how to end it. Time is read from the clock,
 * so that a machine which slept notices at once that the connection is old.
 */
export function openSocket(url: URL, { clock, onOpen, onEnd, onEvent }: ConnectionOptions): () => void {
  const socket = new WebSocket(url, { handshakeTimeout: openTimeoutMs, maxPayload, followRedirects: false });
  const heard = { atMs: clock(), pingedAtMs: clock() };
  let hasEnded = false;
  const check = setInterval(checkSilence, checkMs);
  check.unref();

  function checkSilence(): void {
    if (clock() - heard.atMs > maxSilenceMs) end("silent");
    if (socket.readyState !== WebSocket.OPEN || clock() - heard.pingedAtMs < pingMs) return;
    heard.pingedAtMs = clock();
    socket.ping();
  }
  function end(reason: string): void {
    if (hasEnded) return;
    hasEnded = true;
    clearInterval(check);
    socket.terminate();
    onEnd(reason);
  }
  function noteHeard(): void {
    heard.atMs = clock();
  }

  socket.on("open", onOpen);
  for (const name of ["pong", "ping", "message"]) socket.on(name, noteHeard);
  socket.on("error", () => end("connection lost"));
  socket.on("close", () => end("closed"));
  socket.on("message", (data) => {
    const frame = readFrame(String(data));
    if (frame?.type === "SYSTEM" && frame.headers.topic === "disconnect") return end("asked to connect again");
    if (frame) void answer(socket, frame, onEvent);
  });
  return () => end("stopped");
}

/** Only what is stored is acknowledged. */
async function answer(socket: WebSocket, frame: Frame, onEvent: ConnectionOptions["onEvent"]): Promise<void> {
  if (frame.type === "SYSTEM") return reply(socket, frame, frame.data);
  const event = frame.type === "EVENT" ? readStreamEvent(frame.headers, frame.data) : null;
  const isStored = event === null || (await store(event, onEvent));
  reply(socket, frame, JSON.stringify({ status: isStored ? "SUCCESS" : "LATER" }));
}

async function store(event: DirectoryEvent, onEvent: ConnectionOptions["onEvent"]): Promise<boolean> {
  try {
    await onEvent(event);
    return true;
  } catch {
    return false;
  }
}

function reply(socket: WebSocket, { headers: { messageId } }: Frame, data: string): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  const headers = { contentType: "application/json", messageId };
  socket.send(JSON.stringify({ code: 200, message: "OK", headers, data }));
}

function readFrame(text: string): Frame | null {
  try {
    return frameSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
