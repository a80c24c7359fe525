import { spawn } from "node:child_process";
import { once } from "node:events";
import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { copyEmptyDatabase } from "../../test/empty-database";
import { syncedMark } from "./data-folder";
import { openEmbedded } from "./embedded";
import { departments } from "./schema";

// A slow machine must not fail a test; no test here waits for real time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dingtalk-login-durable-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a database in a process of its own, which commits, then runs `fault`, then commits again. */
async function commitTwice(name: string, fault: string) {
  await copyEmptyDatabase(join(folder, name));
  const script = join(folder, `${name}.mts`);
  writeFileSync(
    script,
    `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { syncedMark } from "./data-folder";
import { openEmbedded } from ${JSON.stringify(join(import.meta.dirname, "embedded.ts"))};
const { db } = await openEmbedded(${JSON.stringify(join(folder, name))});
for (const id of [1, 2]) {
  await db.execute(\`insert into departments (corp_id, id, name) values ('corp', \${id}, 'name')\`);
  console.log("acknowledged", id);
  ${fault}
  syncBuiltinESMExports();
}
process.exit(0);`,
  );
  const child = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return { output, code };
}

async function listDepartments(name: string): Promise<number[]> {
  const { db, close } = await openEmbedded(join(folder, name));
  const rows = await db.select({ id: departments.id }).from(departments);
  await close();
  return rows.map(({ id }) => id);
}

describe("the files of the embedded database", () => {
  test("S44 are synced by each commit", async () => {
    await copyEmptyDatabase(join(folder, "synced"));
    const { db, close } = await openEmbedded(join(folder, "synced"));
    const sync = vi.spyOn(fs, "fsyncSync");
    const { syncBuiltinESMExports } = await import("node:module");
    syncBuiltinESMExports();
    for (let id = 1; id <= 10; id += 1) await db.insert(departments).values({ corpId: "corp", id, name: "name" });
    expect(sync).toHaveBeenCalledTimes(10);
    expect((await db.execute(sql`show fsync`)) satisfies unknown).toMatchObject({ rows: [{ fsync: "on" }] });
    sync.mockRestore();
    syncBuiltinESMExports();
    await close();
  });

  test("S44 that cannot be synced end the process: the request is not acknowledged, and what was before is kept", async () => {
    const fault = `fs.fsyncSync = () => { throw Object.assign(new Error("i/o error"), { code: "EIO" }); };`;
    const { output, code } = await commitTwice("unsynced", fault);
    expect(code).toBe(1);
    expect(output).toContain("acknowledged 1");
    expect(output).not.toContain("acknowledged 2");
    expect(output).toMatch(/"level":60.*cannot be synced.*EIO.*the embedded database failed/);
    expect(await listDepartments("unsynced")).toContain(1);
  });

  test("S44 whose log cannot be written end the process, which PGlite would not", async () => {
    const fault = `fs.writeSync = ((write) => (fd, content, ...rest) => {
      if (typeof content !== "string") throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
      return write(fd, content, ...rest);
    })(fs.writeSync);`;
    const { output, code } = await commitTwice("full", fault);
    expect(code).toBe(1);
    expect(output).toContain("acknowledged 1");
    expect(output).not.toContain("acknowledged 2");
    expect(output).toMatch(/"level":60.*the embedded database failed/);
    expect(await listDepartments("full")).toEqual([1]);
  });
});

describe("a data folder", () => {
  test("S44 of an earlier release is synced once", async () => {
    const dataDir = join(folder, "earlier");
    await copyEmptyDatabase(dataDir);
    rmSync(join(dataDir, syncedMark));
    await listDepartments("earlier");
    expect(existsSync(join(dataDir, syncedMark))).toBe(true);
  });

  test("that a first start left half created is created again", async () => {
    mkdirSync(join(folder, "half.new/base"), { recursive: true });
    writeFileSync(join(folder, "half.new/PG_VERSION"), "");
    expect(await listDepartments("half")).toEqual([]);
    expect(readdirSync(folder)).not.toContain("half.new");
  });

  test("that has files but no database is refused, and stays as it is", async () => {
    mkdirSync(join(folder, "other"));
    writeFileSync(join(folder, "other/file"), "kept");
    await expect(openEmbedded(join(folder, "other"))).rejects.toThrow("contains files, but no database");
    expect(readdirSync(join(folder, "other"))).toEqual(["file"]);
  });
});
