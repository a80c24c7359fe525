import { readFileSync } from "node:fs";

/** Loaded into the app's process before its own code. Adds the milliseconds in CLOCK_FILE to the real time. */
const { CLOCK_FILE } = process.env;
const realNow = Date.now;

function now() {
  return realNow() + Number(readFileSync(CLOCK_FILE, "utf8"));
}

Date.now = now;
// A subclass would inherit Date's functions, but Next copies only the own properties of Date.
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
});
