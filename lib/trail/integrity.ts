import { type Fault, verifyNewest } from "../audit/chain";
import { findLastCheckpoint, isGenuine } from "../audit/checkpoints";
import { db } from "../db/client";
import { type Admin } from "../sessions/permission";
import { singleton } from "../singleton";

/** So many take a fraction of a second, in which the embedded database does nothing else. `npm run audit:verify` has no limit. */
const maxVerified = 5000;
/** Who asks again within a minute gets the former answer, with its time. */
const keptMs = 60_000;

export type Integrity = {
  /** How far the app has signed the chain; null before it did for the first time. */
  signed: { position: number; at: Date; isGenuine: boolean } | null;
  /** Null unless it was asked for. */
  verified: Verification | null;
};

export type Verification = {
  at: Date;
  fault: Fault | null;
  from: number | null;
  upTo: number | null;
  isWhole: boolean;
};

type Kept = { until: number; verification: Promise<Verification> };
const kept = singleton<{ last: Kept | null }>("verification", () => ({ last: null }));

/** What is known of the chain and, if asked for, what recomputing its newest events shows. (S46) */
export async function readIntegrity(
  _admin: Admin,
  { verifies, now = Date.now() }: { verifies: boolean; now?: number },
): Promise<Integrity> {
  const [checkpoint, verified] = await Promise.all([findLastCheckpoint(db), verifies ? verify(now) : null]);
  const signed = checkpoint && {
    position: checkpoint.position,
    at: checkpoint.at,
    isGenuine: isGenuine(checkpoint),
  };
  return { signed, verified };
}

function verify(now: number): Promise<Verification> {
  const { last } = kept();
  if (last && last.until > now) return last.verification;
  const verification = verifyNow();
  kept().last = { until: now + keptMs, verification };
  verification.catch(() => {
    kept().last = null;
  });
  return verification;
}

async function verifyNow(): Promise<Verification> {
  const oneMoment = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
  const at = new Date();
  const { fault, from, upTo, isWhole } = await db.transaction((tx) => verifyNewest(tx, maxVerified), oneMoment);
  return { at, fault, from, upTo, isWhole };
}
