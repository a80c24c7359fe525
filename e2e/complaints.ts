import { type BrowserContext, expect } from "@playwright/test";

/** What browsers complained about in their consoles. */
export type Complaints = {
  watch: (context: BrowserContext) => void;
  /** For a test in which the browser itself has to complain; the reason is for the reader. */
  allow: (pattern: RegExp, reason: string) => void;
  expectNone: () => void;
};

export function createComplaints(): Complaints {
  const heard: string[] = [];
  const allowed: RegExp[] = [];
  return {
    watch(context) {
      context.on("console", (message) => {
        if (message.type() === "error") heard.push(`${message.text()} (${withoutQuery(message.location().url)})`);
      });
      context.on("weberror", (error) => heard.push(String(error.error())));
    },
    allow: (pattern, _reason) => void allowed.push(pattern),
    expectNone() {
      const unexpected = heard.filter((text) => !allowed.some((pattern) => pattern.test(text)));
      expect(unexpected, "the browser's console").toEqual([]);
    },
  };
}

/** Queries carry one-time codes, which have no place in a test report. */
function withoutQuery(url: string): string {
  return url.split("?")[0] ?? "";
}
