import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { amcheck } from "@electric-sql/pglite/contrib/amcheck";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { database, openDatabase } from "../lib/db/client";
import { syncedMark } from "../lib/db/data-folder";
import { openEmbedded } from "../lib/db/embedded";
import * as schema from "../lib/db/schema";
import { buildEmployee, createFakeDingTalk } from "./dingtalk";
import { type Disk, watchDisk } from "./disk";
import { type Random } from "./disk-model";
import { copyEmptyDatabase } from "./empty-database";
import { createMemoryLog } from "./log";
import { type Acknowledged, createWorkload, findLost } from "./workload";
import { goodSettings } from "./world";

vi.mock("next/server", () => ({ after: () => {} }));

/** `npm run test:power-cut` sets both. A run with the same seed makes the same choices. */
const cuts = Number(process.env.POWER_CUTS ?? 20);
const seed = Number(process.env.POWER_CUT_SEED ?? Date.now() % 1_000_000);
const firstStarts = Array.from({ length: Math.ceil(cuts / 25) }, (_, index) => index + 1);
// A slow machine must not fail a test; no test here waits for real time.
vi.setConfig({ testTimeout: Math.max(10, cuts) * 60_000, hookTimeout: 5 * 60_000 });

const employees = Array.from({ length: 6 }, (_, index) => buildEmployee(`user000${index}`));
let folder = "";
let disk: Disk;
let random: Random;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "dingtalk-login-power-"));
  for (const name of ["data", "scratch", "cuts"]) mkdirSync(join(folder, name));
  const settings = { ...goodSettings, DATA_DIR: join(folder, "data"), DATABASE_URL: "", SESSIONS_PER_EMPLOYEE: "1000" };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const dingtalk = createFakeDingTalk();
  dingtalk.addEmployees(...employees);
  globalThis.singletons = new Map<string, unknown>([
    ["dingtalk", dingtalk],
    ["log", createMemoryLog().log],
  ]);
  random = createRandom(seed);
  disk = watchDisk(join(folder, "data"), join(folder, "scratch"));
});

afterEach(() => {
  disk.release();
  rmSync(folder, { recursive: true, force: true });
});

/** Mulberry32: small, and the same everywhere. */
function createRandom(start: number): Random {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function upTo(limit: number): number {
  return 1 + Math.floor(random() * limit);
}

type Cut = { target: string; acknowledged: Acknowledged };

const nothing: Acknowledged = { sessions: new Map(), codes: new Set(), usedTickets: new Set(), events: new Map() };

/**
 * Cuts the power before a change, the one with number `change` from now or from the first call of `since`: what is on disk at that
 * moment is copied, and the run continues. The result is filled when it has happened.
 */
function planCut(change: number, { since = "", acknowledged = nothing } = {}): { cut: Cut | null } {
  const planned: { cut: Cut | null } = { cut: null };
  let left = change;
  let counts = since === "";
  disk.beforeChange = (call) => {
    counts ||= call === since;
    if (counts) left -= 1;
    if (left > 0 || planned.cut) return;
    const target = join(mkdtempSync(join(folder, "cuts/")), "data");
    // Half of the cuts leave only what was synced, the others parts of the rest too.
    disk.cutPower(target, random() < 0.5 ? null : random);
    planned.cut = { target, acknowledged: structuredClone(acknowledged) };
  };
  return planned;
}

/** The recorded disk has not seen its files synced, so the start must sync them. */
async function copyUnsyncedDatabase(): Promise<void> {
  await copyEmptyDatabase(join(folder, "data/db"));
  rmSync(join(folder, "data/db", syncedMark));
}

/** Opens what a power cut left, as the next start does: what was acknowledged and is lost, and what is damaged. */
async function findFaults({ target, acknowledged }: Cut): Promise<string[]> {
  const dataDir = join(target, "db");
  try {
    const { db, close } = await openEmbedded(dataDir);
    const lost = await findLost(db, acknowledged);
    await close();
    return [...lost, ...(await findDamage(dataDir))];
  } catch (error) {
    return [`does not open: ${error}`];
  } finally {
    rmSync(target, { recursive: true });
  }
}

/** Compares every index with its table and looks for damaged rows, those of PostgreSQL's own tables too. */
async function findDamage(dataDir: string): Promise<string[]> {
  const pglite = await PGlite.create({ dataDir, extensions: { amcheck, pg_trgm } });
  await pglite.exec("create extension amcheck");
  await pglite.query(`select bt_index_check(indexrelid, true) from pg_index join pg_class on oid = indexrelid
    where relam = (select oid from pg_am where amname = 'btree') and relpersistence = 'p'`);
  const { rows } = await pglite.query(
    "select relname, msg from pg_class, verify_heapam(oid) where relkind = 'r' and relpersistence = 'p'",
  );
  await pglite.close();
  return rows.map((row) => JSON.stringify(row));
}

test(`S44 ${cuts} power cuts lose nothing that was acknowledged (seed ${seed})`, async () => {
  await copyUnsyncedDatabase();
  await openDatabase();
  const { acknowledged, begin, checkpoint, step } = createWorkload(employees, random);
  await begin();
  for (let number = 1; number <= cuts; number += 1) {
    // Every fourth is in the middle of a checkpoint, which takes some 100 changes.
    const isInCheckpoint = number % 4 === 0;
    const planned = planCut(upTo(isInCheckpoint ? 100 : 400), { acknowledged });
    if (isInCheckpoint) await checkpoint();
    while (!planned.cut) await step();
    expect(await findFaults(planned.cut), `cut ${number}`).toEqual([]);
  }
  await database().close();
});

test.each(firstStarts)(
  `S44 a power cut during first start %i leaves a database that opens (seed ${seed})`,
  async () => {
    const whileCreating = planCut(upTo(2000));
    await openDatabase();
    await database().close();
    expect(await findFaults(requireCut(whileCreating))).toEqual([]);
  },
);

test.each(firstStarts)(
  `S44 a power cut during the first migrations, start %i, leaves a database that opens (seed ${seed})`,
  async () => {
    const whileMigrating = planCut(upTo(300), { since: "renameSync" });
    await openDatabase();
    await database().close();
    expect(await findFaults(requireCut(whileMigrating))).toEqual([]);
  },
);

function requireCut({ cut }: { cut: Cut | null }): Cut {
  if (!cut) throw new Error("There were fewer changes than expected.");
  return cut;
}

test("S44 the same check finds the loss when PGlite does not sync, as it ships", async () => {
  await copyUnsyncedDatabase();
  await openDatabase();
  await database().close();
  const pglite = await PGlite.create({ dataDir: join(folder, "data/db"), extensions: { pg_trgm } });
  globalThis.singletons?.set("database", { database: { kind: "pglite", db: drizzle(pglite, { schema }) } });
  const { acknowledged, begin } = createWorkload(employees, random);
  await begin();
  const planned = planCut(1, { acknowledged });
  await begin();
  const found = await findFaults(requireCut(planned));
  expect(found).toContainEqual(expect.stringMatching(/event signed_in of user0000|does not open/));
  await pglite.close();
});
