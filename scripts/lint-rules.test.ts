import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";

const reasons = {
  pages: "Pages ask questions; they do not open connections.",
  props: "Data and actions arrive as props.",
  draw: "What is true does not know who shows it",
  settings: "A missing setting must fail once, at boot, by name.",
  network: "Timeouts, retries and envelopes are decided once.",
  bridge: "The webview is a stranger; meet it at one door.",
  nextAuth: "Changing its version must be one folder's work.",
  sandbox: "If they shared schemas they would be wrong together.",
  dingtalk: "lib/dingtalk is a library",
  assertion: "Parse a value instead of asserting its type.",
} as const;

const refused = [
  ["app/profile/page.ts", `import { db } from "@/lib/db/client";`, reasons.pages],
  ["app/profile/page.ts", `import type { Employee } from "@/lib/dingtalk/employee";`, reasons.pages],
  ["app/profile/page.ts", `import { env } from "../../lib/env";`, reasons.pages],
  ["app/profile/page.ts", `const client = await import("@/lib/db/client");`, reasons.pages],
  ["app/profile/page.ts", `const answer = await fetch("http://localhost");`, reasons.network],
  ["app/profile/page.ts", `import { createSandbox } from "@/sandbox/server";`, reasons.sandbox],
  ["components/card.ts", `import { findEmployee } from "@/lib/employees/find";`, reasons.props],
  ["components/ui/button.ts", `import { env } from "../../lib/env";`, reasons.props],
  ["components/card.ts", `export { findEmployee } from "@/lib/employees/find";`, reasons.props],
  ["components/card.ts", `const lib = await import("@/lib/employees/find");`, reasons.props],
  ["components/card.ts", `import { signOut } from "@/app/login/actions";`, reasons.props],
  ["components/card.ts", `import type { Props } from "../app/login/page";`, reasons.props],
  ["components/login/silent-login.ts", `import dd from "dingtalk-jsapi";`, reasons.bridge],
  ["components/login/silent-login.ts", `const dd = await import("dingtalk-jsapi/core");`, reasons.bridge],
  ["lib/employees/find.ts", `import { Card } from "@/components/card";`, reasons.draw],
  ["lib/auth/admit.ts", `import { signOut } from "../../app/login/actions";`, reasons.draw],
  ["lib/auth/admit.ts", `const secret = process.env.NEXTAUTH_SECRET;`, reasons.settings],
  ["components/card.ts", `const brand = process.env.BRAND_NAME;`, reasons.settings],
  ["lib/auth/admit.ts", `import { env } from "node:process";`, reasons.settings],
  ["lib/employees/find.ts", `const answer = await fetch("http://localhost");`, reasons.network],
  ["lib/dingtalk/client.ts", `const send = globalThis.fetch;`, reasons.network],
  ["lib/dingtalk/client.ts", `import { request } from "node:https";`, reasons.network],
  ["app/profile/page.ts", `import { getServerSession } from "next-auth";`, reasons.nextAuth],
  ["components/card.ts", `import { signIn } from "next-auth/react";`, reasons.nextAuth],
  ["lib/sessions/store.ts", `import { createSandbox } from "../../sandbox/server";`, reasons.sandbox],
  ["sandbox/contact.ts", `import { employeeSchema } from "../lib/dingtalk/employee";`, reasons.sandbox],
  ["sandbox/contact.ts", `import { employeeSchema } from "@/lib/dingtalk/employee";`, reasons.sandbox],
  ["e2e/login.spec.ts", `import { words } from "../lib/i18n/words";`, reasons.sandbox],
  ["bench/run.ts", `import { admit } from "../lib/auth/admit";`, reasons.sandbox],
  ["lib/dingtalk/client.ts", `import { env } from "../env";`, reasons.dingtalk],
  ["lib/dingtalk/client.ts", `import type { Row } from "@/lib/db/schema";`, reasons.dingtalk],
  ["lib/dingtalk/client.ts", `import pino from "pino";`, reasons.dingtalk],
  ["lib/auth/viewer.ts", `const viewer = row as Viewer;`, reasons.assertion],
] as const;

const allowed = [
  ["app/profile/page.ts", `import { findEmployee } from "@/lib/employees/find";`],
  ["app/login/page.ts", `import { words } from "@/lib/i18n/words";`],
  ["app/api/auth/[...nextauth]/route.ts", `import NextAuth from "next-auth";`],
  ["components/card.ts", `import type { EmployeeDetails } from "@/lib/employees/details";`],
  ["components/card.ts", `import { parseRefusal } from "@/lib/auth/refusals";`],
  ["components/login/silent-login.ts", `const answer = await fetch("/api/client-reports");`],
  ["components/login/dingtalk-bridge.ts", `const dd = await import("dingtalk-jsapi");`],
  ["lib/env.ts", `const secret = process.env.NEXTAUTH_SECRET;`],
  ["lib/auth/next-auth.ts", `import type { NextAuthOptions } from "next-auth";`],
  ["lib/employees/find.ts", `import { db } from "@/lib/db/client";`],
  ["lib/dingtalk/request.ts", `const answer = await fetch("http://localhost");`],
  [
    "lib/dingtalk/client.ts",
    `import { z } from "zod";\nimport { send } from "./request";\nimport { hash } from "node:crypto";`,
  ],
  ["lib/dingtalk/client.ts", `type Options = { fetch?: typeof fetch };`],
  ["lib/dingtalk/client.test.ts", `import { expect } from "vitest";\nimport fc from "fast-check";`],
  ["sandbox/contact.ts", `import { Hono } from "hono";\nconst answer = await fetch(process.env.APP_URL ?? "");`],
  ["e2e/login.spec.ts", `import { userAgents } from "../sandbox/user-agents";`],
  ["lib/auth/viewer.ts", `const ways = ["frame", "silent"] as const;`],
] as const;

const reportSchema = z.object({
  diagnostics: z.array(z.object({ message: z.string(), location: z.object({ path: z.string() }) })),
});

/** Lints a little project made of these files with our own configuration; answers the messages by file. */
function lint(files: Record<string, string>): Map<string, string[]> {
  const root = mkdtempSync(path.join(tmpdir(), "lint-rules-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  for (const part of ["biome.json", ".gitignore", "scripts/lint-rules"])
    cpSync(part, path.join(root, part), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const biome = path.resolve("node_modules/@biomejs/biome/bin/biome");
  const options = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: root, encoding: "utf8" });
  const messages = new Map<string, string[]>();
  for (const { message, location } of reportSchema.parse(JSON.parse(stdout)).diagnostics)
    messages.set(location.path, [...(messages.get(location.path) ?? []), message]);
  return messages;
}

/** Several snippets speak for the same file, so each stands in a folder of its own, where the globs find it all the same. */
function place(index: number, file: string): string {
  return `case-${index}/${file}`;
}

describe("who may import whom", () => {
  const cases = [...refused, ...allowed];
  const messages = lint(Object.fromEntries(cases.map(([file, text], index) => [place(index, file), `${text}\n`])));

  test.each(refused.map(([file, text, reason], index) => ({ file, text, reason, index })))(
    "$file may not say $text",
    ({ file, reason, index }) => {
      expect(messages.get(place(index, file))).toContainEqual(expect.stringContaining(reason));
    },
  );

  test.each(allowed.map(([file, text], index) => ({ file, text, index: refused.length + index })))(
    "$file may say $text",
    ({ file, index }) => {
      const known = Object.values(reasons);
      const found = messages.get(place(index, file)) ?? [];
      expect(found.filter((message) => known.some((reason) => message.includes(reason)))).toEqual([]);
    },
  );
});
