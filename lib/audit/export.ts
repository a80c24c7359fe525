import { asc, eq, gt, sql } from "drizzle-orm";
import { auditChain, auditEvents, auditExports } from "../db/audit-schema";
import { type Db, db } from "../db/client";
import { env } from "../env";
import { log } from "../log";
import { createReference } from "../secrets";
import { singleton } from "../singleton";
import { createExportTarget, type ExportTarget } from "./export-target";
import { toOcsf } from "./ocsf";

const everyMs = 2000;
/** After failures in a row the next attempt waits twice as long, up to this. */
const maxPauseMs = 60_000;
/** One message to the receiver. */
const batch = 500;
/** Longer than a message may take, so that two processes send the same events only after one was killed. */
const leaseSeconds = 30;

type Exporter = { target: ExportTarget; name: string; holder: string; failures: number; running: Promise<void> | null };

const exporter = singleton("auditExporter", (): Exporter | null => {
  const target = createExportTarget(env());
  return target && { target, name: env().AUDIT_EXPORT, holder: createReference(), failures: 0, running: null };
});

/** Begins to export the audit trail, if AUDIT_EXPORT says so. (S46) */
export function startExporting(): void {
  const own = exporter();
  if (own) schedule(own);
}

function schedule(own: Exporter): void {
  const pauseMs = Math.min(everyMs * 2 ** own.failures, maxPauseMs);
  setTimeout(() => void exportNew().finally(() => schedule(own)), pauseMs).unref();
}

/**
 * Exports every event that was not exported yet, in the order of the chain and at least once: the position moves after the
 * lines have arrived, so that a process which is killed in between repeats them. One process of all does it at a time. A
 * failure is logged, and the next attempt continues.
 */
export async function exportNew(): Promise<void> {
  const own = exporter();
  if (!own) return;
  own.running ??= run(own).finally(() => {
    own.running = null;
  });
  await own.running;
}

async function run(own: Exporter): Promise<void> {
  try {
    if (await hasNew(own)) await exportBatches(own);
    own.failures = 0;
  } catch (err) {
    own.failures += 1;
    log().error({ err, failures: own.failures }, "audit trail not exported");
  }
}

async function exportBatches(own: Exporter): Promise<void> {
  for (let after = await claim(own); after !== null; ) {
    const events = await readEvents(after);
    const last = events.at(-1);
    if (!last) return;
    await own.target(events.map(toOcsf));
    after = await move(own, last.chain.position);
  }
}

/** The position after which events are missing at a target; 0 for a new one. */
export async function exportedUpTo(tx: Db, target: string): Promise<number> {
  const [row] = await tx
    .select({ position: auditExports.position })
    .from(auditExports)
    .where(eq(auditExports.target, target));
  return row?.position ?? 0;
}

async function hasNew({ name }: Exporter): Promise<boolean> {
  const position = await exportedUpTo(db, name);
  const found = await db
    .select({ position: auditChain.position })
    .from(auditChain)
    .where(gt(auditChain.position, position))
    .limit(1);
  return found.length > 0;
}

const leasedUntil = sql`now() + make_interval(secs => ${leaseSeconds})`;

/** The position from which this process exports; null while another one does. */
async function claim({ name: target, holder }: Exporter): Promise<number | null> {
  const [claimed] = await db
    .insert(auditExports)
    .values({ target, holder, leasedUntil })
    .onConflictDoUpdate({
      target: auditExports.target,
      set: { holder, leasedUntil },
      setWhere: sql`${auditExports.leasedUntil} < now() or ${auditExports.holder} = ${holder}`,
    })
    .returning({ position: auditExports.position });
  return claimed?.position ?? null;
}

/** Null when another process took over meanwhile, because this one was too slow. */
async function move({ name, holder }: Exporter, position: number): Promise<number | null> {
  const [moved] = await db
    .update(auditExports)
    .set({ position, leasedUntil })
    .where(sql`${auditExports.target} = ${name} and ${auditExports.holder} = ${holder}`)
    .returning({ position: auditExports.position });
  return moved?.position ?? null;
}

function readEvents(after: number) {
  return db
    .select({ chain: auditChain, event: auditEvents })
    .from(auditChain)
    .innerJoin(auditEvents, eq(auditEvents.id, auditChain.eventId))
    .where(gt(auditChain.position, after))
    .orderBy(asc(auditChain.position))
    .limit(batch);
}
