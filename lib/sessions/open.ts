import { sql } from "drizzle-orm";
import type { Db } from "../db/client";
import { sessions } from "../db/schema";
import { env } from "../env";
import { hashSecret, randomSecret } from "../secrets";
import type { Visit } from "../visit";
import type { WayIn } from "./way-in";

export type NewSession = {
  corpId: string;
  userId: string;
  wayIn: WayIn;
  visit: Visit;
  approvedFrom?: Visit | undefined;
};

/** Opens a session inside the caller's transaction and returns its id, which from then on only the cookie holds. */
export async function openSession(
  db: Pick<Db, "insert">,
  { visit, approvedFrom, ...session }: NewSession,
): Promise<string> {
  const id = randomSecret();
  const expiresAt = sql`now() + make_interval(secs => ${env().SESSION_MAX_DAYS * 86_400})`;
  const from = { ip: visit.ip, userAgent: visit.userAgent };
  const approved = { approvedIp: approvedFrom?.ip, approvedUserAgent: approvedFrom?.userAgent };
  await db.insert(sessions).values({ ...session, ...from, ...approved, idHash: hashSecret(id), expiresAt });
  return id;
}
