import { Writable } from "node:stream";
import pino from "pino";
import { describeError } from "../lib/log";

/** A log in memory, which writes errors as the real log does. */
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
