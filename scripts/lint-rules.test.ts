import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";

const reasons = {
  pages: "Pages ask questions; they do not open connections.",
  props: "Data and actions arrive as props.",
  draw: "lib imports neither app nor components",
  settings: "A missing setting must fail once, at boot, by name.",
  network: "Timeouts, retries and envelopes are decided once.",
  bridge: "Only one file touches the bridge: the webview is not ours.",
  nextAuth: "Changing its version must be one folder's work.",
  sandbox: "If they shared schemas they would be wrong together.",
  dingtalk: "lib/dingtalk is a library",
  cycle: "part of a cycle",
  assertion: "Parse a value instead of asserting its type.",
  link: "fetches nothing before a link is pressed",
} as const;

const rejected = [
  ["app/profile/page.ts", `import { db } from "@/lib/db/client";`, reasons.pages],
  ["app/profile/page.ts", `import type { Employee } from "@/lib/dingtalk/employee";`, reasons.pages],
  ["app/profile/page.ts", `import { env } from "../../lib/env";`, reasons.pages],
  ["app/profile/page.ts", `const client = await import("@/lib/db/client");`, reasons.pages],
  ["app/profile/page.ts", `const answer = await fetch("http://localhost");`, reasons.network],
  ["app/profile/page.ts", `import { createSandbox } from "@/sandbox/server";`, reasons.sandbox],
  ["components/card.ts", `import { findEmployee } from "@/lib/employees/find";`, reasons.props],
  ["components/card.ts", `import { type Employee, findEmployee } from "@/lib/employees/find";`, reasons.props],
  ["components/ui/button.ts", `import { env } from "../../lib/env";`, reasons.props],
  ["components/card.ts", `export { findEmployee } from "@/lib/employees/find";`, reasons.props],
  ["components/card.ts", `const lib = await import("@/lib/employees/find");`, reasons.props],
  ["components/card.ts", `import { signOut } from "@/app/login/actions";`, reasons.props],
  ["components/card.ts", `import type { Props } from "../app/login/page";`, reasons.props],
  ["components/login/silent/silent-login.ts", `import dd from "dingtalk-jsapi";`, reasons.bridge],
  ["components/login/silent/silent-login.ts", `const dd = await import("dingtalk-jsapi/core");`, reasons.bridge],
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
  ["lib/tickets/one.ts", `import { two } from "./two"; export const one = two;`, reasons.cycle],
  ["lib/tickets/two.ts", `import { one } from "./one"; export const two = one;`, reasons.cycle],
  ["lib/auth/viewer.ts", `const viewer = row as Viewer;`, reasons.assertion],
  ["components/card.ts", `import Link from "next/link";`, reasons.link],
] as const;

const allowed = [
  ["app/profile/page.ts", `import { findEmployee } from "@/lib/employees/find";`],
  ["app/login/page.ts", `import { words } from "@/lib/i18n/words";`],
  ["app/api/auth/[...nextauth]/route.ts", `import NextAuth from "next-auth";`],
  ["components/card.ts", `import type { EmployeeDetails } from "@/lib/employees/details";`],
  ["components/card.ts", `import { type EmployeeDetails, type Row as R } from "@/lib/employees/details";`],
  ["components/card.ts", `import { parseRefusal } from "@/lib/refusals";`],
  ["components/card.ts", `import { fill } from "@/lib/i18n/fill";`],
  ["components/card.ts", `import { Link } from "./ui/link";`],
  ["components/ui/link.tsx", `import NextLink from "next/link";`],
  ["components/card.ts", `import { callbackPaths } from "@/lib/sign-in-method";`],
  ["components/login/silent/silent-login.ts", `const answer = await fetch("/api/client-reports");`],
  ["components/login/silent/bridge.ts", `const dd = await import("dingtalk-jsapi");`],
  ["lib/env.ts", `const secret = process.env.NEXTAUTH_SECRET;`],
  ["lib/auth/next-auth.ts", `import type { NextAuthOptions } from "next-auth";`],
  ["lib/employees/find.ts", `import { db } from "@/lib/db/client";`],
  ["lib/dingtalk/request.ts", `const answer = await fetch("http://localhost");`],
  ["lib/dingtalk/client.ts", `import { z } from "zod";`],
  ["lib/dingtalk/client.ts", `import { send } from "./request";`],
  ["lib/dingtalk/client.ts", `import { hash } from "node:crypto";`],
  ["lib/dingtalk/client.ts", `type Options = { fetch?: typeof fetch };`],
  ["lib/dingtalk/client.test.ts", `import fc from "fast-check";`],
  ["sandbox/contact.ts", `const answer = await fetch(process.env.APP_URL ?? "");`],
  ["e2e/login.spec.ts", `import { userAgents } from "../sandbox/user-agents";`],
  ["lib/auth/viewer.ts", `const methods = ["frame", "silent"] as const;`],
] as const;

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({ message: z.string(), location: z.object({ path: z.string(), start: z.object({ line: z.number() }) }) }),
  ),
});

type Row = readonly [file: string, text: string, reason?: string];
type Case = { file: string; line: number; text: string; reason: string };

/** Several snippets of one file become its lines. */
function toCases(rows: readonly Row[]): Case[] {
  const lines = new Map<string, number>();
  return rows.map(([file, text, reason = ""]) => {
    const line = (lines.get(file) ?? 0) + 1;
    lines.set(file, line);
    return { file, line, text, reason };
  });
}

/** Lints a small project made of these cases with this project's configuration. */
function lint(cases: Case[]) {
  // The folder's name must not matter. Containers often have the project in a folder named "app".
  const root = path.join(mkdtempSync(path.join(tmpdir(), "lint-rules-")), "app");
  afterAll(() => rmSync(path.dirname(root), { recursive: true, force: true }));
  for (const part of ["biome.json", ".gitignore", "scripts/lint-rules"])
    cpSync(part, path.join(root, part), { recursive: true });
  for (const { file, text } of cases) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    appendFileSync(path.join(root, file), `${text}\n`);
  }
  const biome = path.resolve("node_modules/@biomejs/biome/bin/biome");
  const options = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: root, encoding: "utf8" });
  const { diagnostics } = reportSchema.parse(JSON.parse(stdout));
  return diagnostics.map(({ message, location }) => ({ message, file: location.path, line: location.start.line }));
}

describe("the import rules", () => {
  const cases = toCases([...rejected, ...allowed]);
  const found = lint(cases);
  const messagesAt = ({ file, line }: Case) =>
    found.filter((diagnostic) => diagnostic.file === file && diagnostic.line === line).map(({ message }) => message);

  test.each(cases.slice(0, rejected.length))("reject in $file: $text", (rejectedCase) => {
    expect(messagesAt(rejectedCase)).toContainEqual(expect.stringContaining(rejectedCase.reason));
  });

  test.each(cases.slice(rejected.length))("allow in $file: $text", (allowedCase) => {
    const messages = messagesAt(allowedCase).filter((message) =>
      Object.values(reasons).some((reason) => message.includes(reason)),
    );
    expect(messages).toEqual([]);
  });
});
