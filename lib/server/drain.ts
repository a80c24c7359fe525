// biome-ignore lint/plugin: only types; nothing is fetched.
import { type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { singleton } from "../singleton";

const state = singleton("drain", () => ({ isStopping: false, running: new Set<ServerResponse>() }));

/** Whether this process has begun to stop: it is not ready for further requests. */
export function isStopping(): boolean {
  return state().isStopping;
}

/** From now on the process is not ready. False when it was stopping already, as after a second signal. */
export function beginStopping(): boolean {
  const isFirst = !state().isStopping;
  state().isStopping = true;
  return isFirst;
}

/** Counts a response as running until it has ended. */
export function trackResponse(response: ServerResponse): void {
  const { running } = state();
  running.add(response);
  response.once("close", () => running.delete(response));
}

/**
 * Stops listening, closes idle connections, and waits until every running request is answered, at most `limitMs`. Returns
 * how many were not. An open event stream is not waited for, because it does not end by itself. (S45)
 */
export async function drain(server: Server, limitMs: number): Promise<number> {
  const deadline = Date.now() + limitMs;
  server.close();
  while (countRunning() > 0 && Date.now() < deadline) await pause(checkMs);
  return countRunning();
}

const checkMs = 20;

function countRunning(): number {
  return [...state().running].filter((response) => !isEventStream(response)).length;
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader("content-type")).startsWith("text/event-stream");
}
