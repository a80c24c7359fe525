import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("S32 every call to DingTalk is in the table of time-outs and retries", () => {
  const sources = ["client", "corp-token", "event-calls", "directory-calls"].map((name) =>
    readFileSync(`lib/dingtalk/${name}.ts`, "utf8"),
  );
  const names = [...sources.join("\n").matchAll(/\bname: "([^"]+)"/g)].map(([, name]) => name);
  const rows = readFileSync("docs/dingtalk-calls.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  expect(names.length).toBeGreaterThan(9);
  for (const name of names) expect(rows.join("\n")).toContain(`\`${name}\``);
});
