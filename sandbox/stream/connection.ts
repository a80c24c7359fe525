import { type WebSocket } from "ws";
import { type Outcome } from "../events/records";
import { parseObject } from "../http";
import { type Frame, readAnswer } from "./frames";

/** What a client said when it asked for its ticket. */
export type StreamClient = { ua: string; localIp: string; subscriptions: { type: string; topic: string }[] };

/** The SDKs serialize the data again, some with other spaces. */
function opaqueOf(data: string): unknown {
  return parseObject(data)?.opaque;
}

type Answer = { outcome: Outcome; data: string };

/** One Stream connection of the app. */
export class StreamConnection {
  readonly client: StreamClient;
  readonly openedAt: number;
  /** The pings that were sent, and those that came back unchanged. */
  readonly pings = { sent: 0, answered: 0 };
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (answer: Answer | null) => void>();
  #isMuted = false;
  #isLeaving = false;

  constructor(socket: WebSocket, client: StreamClient, openedAt: number) {
    this.#socket = socket;
    this.client = client;
    this.openedAt = openedAt;
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("ping", (data) => this.#isMuted || socket.pong(data));
    // An error is followed by the close event, which says the same.
    socket.on("error", () => {});
    socket.once("close", () => this.#stopWaiting());
  }

  /** Whether events may be pushed. A client that was asked to disconnect receives no more. */
  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN && !this.#isLeaving;
  }

  get isSubscribed(): boolean {
    return this.client.subscriptions.some(({ type, topic }) => type === "EVENT" && topic === "*");
  }

  onClose(listener: () => void): void {
    this.#socket.once("close", listener);
  }

  /** Sends a frame and waits for its answer. */
  async push(frame: Frame, timeoutMs: number): Promise<Outcome> {
    const answer = await this.#ask(frame, timeoutMs);
    return answer?.outcome ?? "unanswered";
  }

  async ping(frame: Frame, timeoutMs: number): Promise<void> {
    this.pings.sent += 1;
    const answer = await this.#ask(frame, timeoutMs);
    if (answer && opaqueOf(answer.data) === opaqueOf(frame.data)) this.pings.answered += 1;
  }

  /** Asks the client to connect again; it has no answer to give. */
  requestDisconnect(frame: Frame): void {
    this.#send(frame);
    this.#isLeaving = true;
  }

  close(): void {
    this.#socket.close(1000);
  }

  /** Ends the TCP connection without the close frame of a WebSocket. */
  drop(): void {
    this.#socket.terminate();
  }

  /** The connection stays open and nothing passes any more, in either direction, as when a router forgets it. */
  mute(): void {
    this.#isMuted = true;
  }

  #ask(frame: Frame, timeoutMs: number): Promise<Answer | null> {
    const { messageId } = frame.headers;
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(null), timeoutMs);
      const finish = (answer: Answer | null) => {
        clearTimeout(timer);
        this.#waiting.delete(messageId);
        resolve(answer);
      };
      this.#waiting.set(messageId, finish);
      this.#send(frame);
    });
  }

  #stopWaiting(): void {
    for (const finish of [...this.#waiting.values()]) finish(null);
  }

  #send(frame: Frame): void {
    if (!this.#isMuted) this.#socket.send(JSON.stringify(frame));
  }

  #receive(text: string): void {
    const answer = this.#isMuted ? null : readAnswer(text);
    if (answer) this.#waiting.get(answer.messageId)?.(answer);
  }
}
