import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { lockFolder } from "./lock";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dingtalk-login-lock-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a process that locks the folder and runs until it is killed; resolves with what it prints. */
async function lockElsewhere(data: string) {
  const script = join(folder, "lock-folder.ts");
  const source = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, "lock.ts"))};
lockFolder(${JSON.stringify(data)}).then(() => console.log("locked"), () => console.log("refused"));
setInterval(() => {}, 1000);`;
  writeFileSync(script, source);
  const child = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [output] = await once(child.stdout, "data");
  return { child, output: String(output).trim() };
}

describe("a folder's lock", () => {
  test("refuses a second holder with a remedy in the error, and can be released", async () => {
    const data = join(folder, "twice");
    const unlock = await lockFolder(data);
    await expect(lockFolder(data)).rejects.toThrow(/is open in another process.*DATABASE_URL/);
    await expect(lockFolder(join(data, "..", "twice"))).rejects.toThrow(data);
    unlock();
    (await lockFolder(data))();
  });

  test("applies to one folder only", async () => {
    const unlocks = await Promise.all([lockFolder(join(folder, "one")), lockFolder(join(folder, "other"))]);
    for (const unlock of unlocks) unlock();
  });

  test("has one holder among concurrent requests", async () => {
    const data = join(folder, "rush");
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(data)));
    const held = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    expect(held).toHaveLength(1);
    for (const unlock of held) unlock();
  });

  test.each(["SIGTERM", "SIGKILL"] as const)(
    "has one holder after the former one ended by %s",
    {
      timeout: 60_000,
    },
    async (signal) => {
      const data = join(folder, signal);
      const former = await lockElsewhere(data);
      former.child.kill(signal);
      await once(former.child, "exit");
      const answers = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(data)));
      const held = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
      expect(held).toHaveLength(1);
      for (const unlock of held) unlock();
    },
  );

  test("lies beside the folder, so it applies to a process with another temporary folder", {
    timeout: 60_000,
  }, async () => {
    const data = join(folder, "elsewhere");
    const unlock = await lockFolder(data);
    const other = mkdtempSync(join(folder, "tmp-"));
    for (const name of ["TMPDIR", "TEMP", "TMP"]) vi.stubEnv(name, other);
    const second = await lockElsewhere(data);
    vi.unstubAllEnvs();
    expect(second.output).toBe("refused");
    second.child.kill("SIGKILL");
    unlock();
  });

  test("applies to a process that reaches the folder by another path", async () => {
    const data = join(folder, "target");
    const unlock = await lockFolder(join(data, "db"));
    symlinkSync(data, join(folder, "link"), "junction");
    await expect(lockFolder(join(folder, "link", "db"))).rejects.toThrow("another process");
    unlock();
  });

  test.runIf(process.platform !== "win32")("applies to a process that is suspended", { timeout: 60_000 }, async () => {
    const data = join(folder, "suspended");
    const first = await lockElsewhere(data);
    first.child.kill("SIGSTOP");
    await expect(lockFolder(data)).rejects.toThrow("another process");
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    (await lockFolder(data))();
  });

  test("applies to a folder whose path is longer than a socket's may be", async () => {
    const data = join(folder, ..."abcdef".split("").map((letter) => letter.repeat(40)));
    const unlock = await lockFolder(data);
    await expect(lockFolder(data)).rejects.toThrow("another process");
    unlock();
  });

  test("releases only its own lock, also when it is released twice", async () => {
    const data = join(folder, "again");
    const unlock = await lockFolder(data);
    unlock();
    const held = await lockFolder(data);
    unlock();
    await expect(lockFolder(data)).rejects.toThrow("another process");
    held();
  });

  test("applies between processes, and ends when its process is killed", {
    timeout: 60_000,
  }, async () => {
    const data = join(folder, "between");
    const first = await lockElsewhere(data);
    expect(first.output).toBe("locked");
    await expect(lockFolder(data)).rejects.toThrow("another process");
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    (await lockFolder(data))();
  });
});
