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
  // Swept in the same statement: the person is waiting, and a second one would cost as much again.
  const swept = handle
    .$with("swept")
    .as(handle.delete(spentCodes).where(lt(spentCodes.expiresAt, sql`now()`)).returning({ hash: spentCodes.hash }));
  const expiresAt = sql`now() + make_interval(secs => ${rememberedSeconds})`;
  const spent = await handle
    .with(swept)
    .insert(spentCodes)
    .values({ hash: hashSecret(`${kind}:${value}`), expiresAt })
    .onConflictDoNothing()
    .returning({ hash: spentCodes.hash });
  return spent.length === 1;
}
