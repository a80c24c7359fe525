import { readFileSync } from "node:fs";

/** Loaded into the app's process ahead of it: its time is the true time and as many milliseconds as the file says. */
const { CLOCK_FILE } = process.env;
const trueNow = Date.now;

function now() {
  return trueNow() + Number(readFileSync(CLOCK_FILE, "utf8"));
}

globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }

  static now = now;
};
