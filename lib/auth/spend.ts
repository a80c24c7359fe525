import { lt, sql } from "drizzle-orm";
import { db } from "../db/client";
import { spentCodes } from "../db/schema";
import { hashSecret } from "../secrets";

/** Longer than DingTalk's codes (5 minutes) and our states (15 minutes) live. */
const rememberedSeconds = 20 * 60;

/**
 * Notes that a one-time value was used. False when it was used before, here or in another process: DingTalk's own check
 * comes too late when two of our requests carry the same code at once. (S1, S3)
 */
export async function spendOnce(kind: "state" | "auth code" | "silent code", value: string): Promise<boolean> {
  const handle = await db();
  await handle.delete(spentCodes).where(lt(spentCodes.expiresAt, sql`now()`));
  const expiresAt = sql`now() + make_interval(secs => ${rememberedSeconds})`;
  const spent = await handle
    .insert(spentCodes)
    .values({ hash: hashSecret(`${kind}:${value}`), expiresAt })
    .onConflictDoNothing()
    .returning({ hash: spentCodes.hash });
  return spent.length === 1;
}
