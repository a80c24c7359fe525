import { sql, type WithSubquery } from "drizzle-orm";
import { type Db } from "../db/client";
import { sessions } from "../db/schema";
import { env } from "../env";
import { type ClientInfo } from "../http/client-info";
import { hashSecret, randomSecret } from "../secrets";
import { type SignInMethod } from "../sign-in-method";
import { endBeyondLimit, idsBeyondLimit } from "./limit";
import { endPart } from "./session";

type NewSession = {
  corpId: string;
  userId: string;
  method: SignInMethod;
  client: ClientInfo;
  /** The phone that approved a ticket. */
  approvedFrom?: ClientInfo | undefined;
  /** The browser or the network is new for this employee. */
  isNewDevice?: boolean;
  /** The hash of the id of the session that the browser had before, which ends. (S23) */
  replaces?: string | null;
};

/**
 * Creates a session inside the caller's transaction and returns its id. From then on only the cookie holds it; the database
 * has its hash. `also` joins the statement: a person is waiting. Sessions beyond SESSIONS_PER_EMPLOYEE are revoked; so that
 * two sign-ins do not miss each other, the transaction must hold the employee's row. (S24)
 */
export async function createSession(
  tx: Db,
  { client, approvedFrom, replaces = null, ...session }: NewSession,
  ...also: WithSubquery[]
): Promise<string> {
  const id = randomSecret();
  const expiresAt = sql`now() + make_interval(secs => ${env().SESSION_MAX_DAYS * 86_400})`;
  const approved = { approvedIp: approvedFrom?.ip, approvedUserAgent: approvedFrom?.userAgent };
  const [created] = await tx
    .with(...also, ...(replaces ? [endPart(tx, replaces, "replaced")] : []))
    .insert(sessions)
    .values({ ...session, ...client, ...approved, idHash: hashSecret(id), expiresAt })
    .returning({ surplus: idsBeyondLimit(tx, session, replaces) });
  await endBeyondLimit(tx, session, created?.surplus ?? []);
  return id;
}
