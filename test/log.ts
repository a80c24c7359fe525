import { Writable } from "node:stream";
import pino from "pino";
import { describeError } from "../lib/log";

/** A log that keeps its lines, with the real one's way of writing errors down. */
export function createMemoryLog() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, log: pino({ level: "debug", base: null, serializers: { err: describeError } }, stream) };
}
