import { sql } from "drizzle-orm";
import type { Db } from "../db/client";
import { sessions } from "../db/schema";
import { env } from "../env";
import { hashSecret, randomSecret } from "../secrets";
import type { Visit } from "../visit";
import type { WayIn } from "./way-in";

export type NewSession = { corpId: string; userId: string; wayIn: WayIn; visit: Visit };

/** Opens a session inside the caller's transaction and returns its id, which from then on only the cookie holds. */
export async function openSession(
  db: Pick<Db, "insert">,
  { corpId, userId, wayIn, visit }: NewSession,
): Promise<string> {
  const id = randomSecret();
  const expiresAt = sql`now() + make_interval(secs => ${env().SESSION_MAX_DAYS * 86_400})`;
  await db
    .insert(sessions)
    .values({ idHash: hashSecret(id), corpId, userId, wayIn, expiresAt, ip: visit.ip, userAgent: visit.userAgent });
  return id;
}
