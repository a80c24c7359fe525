import { type BrowserContext, expect } from "@playwright/test";

/** The errors in the consoles of a test's browsers. */
export type ConsoleErrors = {
  watch: (context: BrowserContext) => void;
  /** Allows an error that a test causes on purpose. The reason is for the reader. */
  allow: (pattern: RegExp, reason: string) => void;
  expectNone: () => void;
};

export function createConsoleErrors(): ConsoleErrors {
  const errors: string[] = [];
  const allowed: RegExp[] = [];
  return {
    watch(context) {
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(`${message.text()} (${withoutQuery(message.location().url)})`);
      });
      context.on("weberror", (error) => errors.push(String(error.error())));
    },
    allow: (pattern, _reason) => void allowed.push(pattern),
    expectNone() {
      const unexpected = errors.filter((text) => !allowed.some((pattern) => pattern.test(text)));
      expect(unexpected, "errors in the browser's console").toEqual([]);
    },
  };
}

/** Queries contain one-time codes, which must not be in a test report. */
function withoutQuery(url: string): string {
  return url.split("?")[0] ?? "";
}
