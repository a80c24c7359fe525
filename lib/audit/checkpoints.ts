import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { asc, desc, eq, lt, sql } from "drizzle-orm";
import { auditChain, auditCheckpoints } from "../db/audit-schema";
import { type Db, db } from "../db/client";
import { env } from "../env";
import { log } from "../log";
import { singleton } from "../singleton";

const everyMs = 5 * 60_000;
/** Older periodic ones prove nothing that the newer ones do not. */
const maxKept = 1000;

export type Checkpoint = Pick<typeof auditCheckpoints.$inferSelect, "position" | "hash" | "kind" | "at" | "signature">;
type Unsigned = Omit<Checkpoint, "signature">;

const timer = singleton("checkpoints", () => setInterval(() => void signTrailQuietly(), everyMs).unref());

/** Signs the audit trail at once and then every five minutes. */
export function startSigning(): void {
  timer();
  void signTrailQuietly();
}

export async function signTrailQuietly(): Promise<void> {
  await signTrail().catch((err) => log().warn({ err }, "audit trail not signed"));
}

/**
 * Signs what the audit trail is now, if anything was added. The key is derived from NEXTAUTH_SECRET, so that a person who can
 * write to the database cannot sign another trail. (S46)
 */
export async function signTrail(): Promise<void> {
  const [last] = await db
    .select({ position: auditChain.position, hash: auditChain.hash })
    .from(auditChain)
    .orderBy(desc(auditChain.position))
    .limit(1);
  if (last) await writeCheckpoint(db, { ...last, kind: "periodic" });
  await renewSignatures();
  const kept = db
    .select({ position: auditCheckpoints.position })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.kind, "periodic"))
    .orderBy(desc(auditCheckpoints.position))
    .limit(maxKept);
  await db
    .delete(auditCheckpoints)
    .where(sql`${auditCheckpoints.kind} = 'periodic' and ${auditCheckpoints.position} <> all(array(${kept}))`);
}

/** Writes a signed checkpoint; a retention's replaces a periodic one at the same event. */
export async function writeCheckpoint(tx: Db, place: Pick<Checkpoint, "position" | "hash" | "kind">): Promise<void> {
  const unsigned = { ...place, at: new Date() };
  const row = { ...unsigned, signature: sign(unsigned, env().NEXTAUTH_SECRET) };
  const insert = tx.insert(auditCheckpoints).values(row);
  if (place.kind === "periodic") await insert.onConflictDoNothing();
  else await insert.onConflictDoUpdate({ target: auditCheckpoints.position, set: row });
}

/** The checkpoints in the order of their events. */
export function listCheckpoints(tx: Db): Promise<Checkpoint[]> {
  return tx.select().from(auditCheckpoints).orderBy(asc(auditCheckpoints.position));
}

/** The last checkpoint, whether genuine or not; null before the first. */
export async function findLastCheckpoint(tx: Db): Promise<Checkpoint | null> {
  const [last] = await tx.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.position)).limit(1);
  return last ?? null;
}

/** Deletes the checkpoints of events that are deleted. */
export async function deleteCheckpointsBefore(tx: Db, position: number): Promise<void> {
  await tx.delete(auditCheckpoints).where(lt(auditCheckpoints.position, position));
}

/** Whether this app signed a checkpoint, with its present or its former secret. */
export function isGenuine(checkpoint: Checkpoint): boolean {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER } = env();
  return [NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER].some((secret) => secret !== null && isSignedBy(secret, checkpoint));
}

function isSignedBy(secret: string, { signature, ...unsigned }: Checkpoint): boolean {
  const [found, expected] = [signature, sign(unsigned, secret)].map((text) => Buffer.from(text));
  return found !== undefined && expected?.length === found.length && timingSafeEqual(found, expected);
}

/** While the former secret is set, what it signed is signed anew, so that it can be removed. (S36) */
async function renewSignatures(): Promise<void> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER } = env();
  if (NEXTAUTH_SECRET_FORMER === null) return;
  for (const { signature: _, ...unsigned } of (await listCheckpoints(db)).filter(isSignedByFormer))
    await db
      .update(auditCheckpoints)
      .set({ signature: sign(unsigned, NEXTAUTH_SECRET) })
      .where(eq(auditCheckpoints.position, unsigned.position));
}

function isSignedByFormer(checkpoint: Checkpoint): boolean {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER } = env();
  return !isSignedBy(NEXTAUTH_SECRET, checkpoint) && isSignedBy(NEXTAUTH_SECRET_FORMER ?? "", checkpoint);
}

function sign({ position, hash, kind, at }: Unsigned, secret: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "audit checkpoint", 32));
  const text = JSON.stringify([position, hash, kind, at.getTime()]);
  return createHmac("sha256", key).update(text).digest("base64url");
}
