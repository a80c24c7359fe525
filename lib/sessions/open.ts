import { and, eq, sql } from "drizzle-orm";
import { type Db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { env } from "../env";
import { type ClientInfo } from "../http/client-info";
import { hashSecret, randomSecret } from "../secrets";
import { type SignInMethod } from "../sign-in-method";

export type NewSession = {
  corpId: string;
  userId: string;
  method: SignInMethod;
  client: ClientInfo;
  approvedFrom?: ClientInfo | undefined;
};

/**
 * Opens a session inside the caller's transaction, which notes the sign-in with the employee, and returns the session's id.
 * From then on only the cookie holds it.
 */
export async function openSession(db: Db, { client, approvedFrom, ...session }: NewSession): Promise<string> {
  const id = randomSecret();
  const expiresAt = sql`now() + make_interval(secs => ${env().SESSION_MAX_DAYS * 86_400})`;
  const from = { ip: client.ip, userAgent: client.userAgent };
  const approved = { approvedIp: approvedFrom?.ip, approvedUserAgent: approvedFrom?.userAgent };
  const isOwner = and(eq(employees.corpId, session.corpId), eq(employees.userId, session.userId));
  // One statement for both: the person is waiting.
  const noted = db
    .$with("noted")
    .as(
      db.update(employees).set({ lastSignedInAt: sql`now()` }).where(isOwner).returning({ userId: employees.userId }),
    );
  await db
    .with(noted)
    .insert(sessions)
    .values({ ...session, ...from, ...approved, idHash: hashSecret(id), expiresAt });
  return id;
}
