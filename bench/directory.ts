import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { z } from "zod";
import { createDatabase } from "../test/fill";
import { type Browser } from "./browser";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { signIn } from "./sign-in";
import { type Spread, summarize } from "./statistics";
import { startOurs, type Target } from "./targets";

const admin = "benchadmin";
const qps = 15;
const maxSyncMs = 20 * 60_000;
/** A surname, a name, pinyin, initials, digits, a job number, what is rare, and what no one has. */
const searches = [
  "张",
  "李",
  "王伟",
  "zhang",
  "li",
  "lw",
  "wangw",
  "zs",
  "138",
  "5678",
  "E1",
  "欧阳",
  "ouyang",
  "no-such-person",
];

/** Measures a sync of 10,000 people at the default rate, and searches among them and among 100,000. */
export async function measureDirectory(setup: Setup): Promise<Figures> {
  const small = await measureCompany(setup, { people: setup.times(10_000), perSecond: qps });
  const large = await measureCompany(setup, { people: setup.times(100_000), perSecond: 1000 });
  return {
    "sync.rate": { value: (small.rate / qps) * 100, note: `${small.rate.toFixed(1)} calls per second` },
    "sync.memory": { value: small.memoryMb },
    "search.p50-10k": { value: small.search.median },
    "search.p95-10k": { value: small.search.p95 },
    "search.p50-100k": { value: large.search.median },
    "search.p95-100k": { value: large.search.p95 },
  };
}

type Order = { people: number; perSecond: number };

/** Each company has a database of its own: in the other's, a sync would not be due, and would find its people missing. */
async function measureCompany({ sandbox, options, times }: Setup, { people, perSecond }: Order) {
  await sandbox.seedCompany({ people });
  await sandbox.addPerson({ userid: admin, name: "管理员", admin: true, departments: [{ id: 1 }] });
  const ended = createWatch();
  const settings = { DIRECTORY_SYNC_HOURS: "24", DIRECTORY_SYNC_QPS: String(perSecond) };
  const place = await createPlace(options, `directory_${people}`);
  const app = await startOurs({ ...options, ...place }, settings, { onOutput: ended.read });
  const { calls, seconds } = await Promise.race([ended.sync, failLater()]);
  const memoryMb = await app.memoryMb();
  const browser = await signIn({ app, method: "silent", sandbox, userid: admin });
  await vacuum(place.databaseUrl);
  const search = await measureSearches(browser, times(10));
  await stop(app);
  return { rate: calls / seconds, memoryMb, search };
}

async function createPlace({ databaseUrl, dataDir }: Setup["options"], name: string) {
  if (databaseUrl) return { databaseUrl: await createDatabase(databaseUrl, name), dataDir };
  return { databaseUrl, dataDir: path.join(dataDir, name) };
}

async function failLater(): Promise<never> {
  await wait(maxSyncMs, undefined, { ref: false });
  throw new Error("The directory sync did not end.");
}

/** As the page asks while an admin types. The first round is not counted. */
async function measureSearches(browser: Browser, rounds: number): Promise<Spread> {
  const measured: number[] = [];
  const addresses: string[] = [];
  for (const search of searches) addresses.push(await addressOf(browser, search));
  for (let round = 0; round <= rounds; round += 1) {
    for (const address of addresses) {
      const startedAt = performance.now();
      const { status } = await browser.get(address, asComponents);
      if (status !== 200) throw new Error(`A search was answered with ${status}.`);
      if (round > 0) measured.push(performance.now() - startedAt);
    }
  }
  return summarize(measured);
}

/** What Next's router has of the directory already, all but the page itself, as its own script says it. */
const routerState = ["employees", "admin", "(signed-in)"].reduce(
  (below: unknown[], folder) => [folder, { children: below }, null, null, 0],
  ["__PAGE__", {}, null, "refetch", 0],
);
const asComponents = {
  RSC: "1",
  "Next-Router-State-Tree": encodeURIComponent(JSON.stringify(["", { children: routerState }, null, null, 16])),
};

/** Next redirects to an address that has a hash of the request's headers in it, which its own script computes. */
async function addressOf(browser: Browser, search: string): Promise<string> {
  const query = new URLSearchParams({ search, _rsc: "1" });
  const { location, status } = await browser.get(`/admin/employees?${query}`, asComponents);
  if (!location) throw new Error(`Next did not name the address of a search: ${status}.`);
  const { pathname, search: found } = new URL(location, "http://localhost");
  return pathname + found;
}

/** What PostgreSQL does by itself within a minute after so many changes. */
async function vacuum(databaseUrl: string): Promise<void> {
  if (!databaseUrl) return;
  const connection = postgres(databaseUrl, { max: 1 });
  await connection.unsafe("vacuum analyze");
  await connection.end();
}

const lineSchema = z.object({ msg: z.literal("directory sync ended"), calls: z.number(), seconds: z.number() });

/** Reads from the app's log how its sync ended. */
function createWatch() {
  let note = (_line: z.infer<typeof lineSchema>) => {};
  const sync = new Promise<z.infer<typeof lineSchema>>((resolve) => {
    note = resolve;
  });
  let rest = "";
  function read(text: string): void {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.includes("directory sync ended")) note(lineSchema.parse(JSON.parse(line)));
  }
  return { sync, read };
}

/** What the last request left is done first. */
async function stop(app: Target): Promise<void> {
  await wait(500);
  await app.stop();
}
