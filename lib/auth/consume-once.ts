import { sql } from "drizzle-orm";
import { db } from "../db/client";
import { consumedCodes } from "../db/expiring-schema";
import { hashSecret } from "../secrets";

/** Longer than DingTalk's codes (5 minutes) and our states (15 minutes) live. */
const rememberedSeconds = 20 * 60;

type Kind = "state" | "auth code" | "silent code" | "mobile grant";

/**
 * Consumes one-time values and returns which of them had been used before, here or in another process: DingTalk's own
 * check comes too late when two of our requests carry the same code at once. (S1, S3)
 */
export async function consumeOnce(values: Partial<Record<Kind, string>>): Promise<Set<string>> {
  const hashes = new Map(Object.entries(values).map(([kind, value]) => [hashSecret(`${kind}:${value}`), kind]));
  const expiresAt = sql`now() + make_interval(secs => ${rememberedSeconds})`;
  const consumed = await db
    .insert(consumedCodes)
    .values([...hashes.keys()].map((hash) => ({ hash, expiresAt })))
    .onConflictDoNothing()
    .returning({ hash: consumedCodes.hash });
  for (const { hash } of consumed) hashes.delete(hash);
  return new Set(hashes.values());
}
