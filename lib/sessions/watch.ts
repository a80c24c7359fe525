import { and, eq, inArray, or, sql } from "drizzle-orm";
import { subscribeTo } from "../db/channel";
import { builtOnce, db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { env } from "../env";
import { eventStreamHeaders, openEventStream, takePlace } from "../http/event-stream";
import { hashSecret } from "../secrets";
import { type Admin } from "./permission";
import { type EndReason, isLive, isOf, sessionChannel } from "./session";

/** A message could be lost while the database was away, and an idle session ends without one. */
const checkSeconds = 60;
/** Each visible tab has one. */
const maxPerSession = 8;

export type Ending = { endedAt: Date; reason: EndReason | null };

/**
 * An event stream that says once when this session has ended, and closes; null when too many are open. It is not a use of the
 * session: an open page does not keep it alive. The state is read after subscribing, so no end is missed.
 */
export async function watchSession(sessionId: string | null, signal: AbortSignal): Promise<Response | null> {
  const idHash = sessionId && hashSecret(sessionId);
  const release = takePlace(`session ${idHash}`, maxPerSession);
  if (!release) return null;
  const stream = openEventStream(signal);
  stream.onClose(release);
  const end = (reason: Ending["reason"]) => {
    stream.send({ ended: reason });
    stream.close();
  };
  if (idHash) await watch(idHash, { ...stream, end });
  else end(null);
  return new Response(stream.body, { headers: eventStreamHeaders });
}

type Stream = Pick<ReturnType<typeof openEventStream>, "onClose" | "schedule" | "close"> & {
  end: (reason: Ending["reason"]) => void;
};

async function watch(idHash: string, stream: Stream): Promise<void> {
  const check = async () => {
    const ending = await findEnding(idHash);
    if (ending) return stream.end(ending.reason);
    stream.schedule(() => void check().catch(stream.close), checkSeconds);
  };
  stream.onClose(await subscribeTo(sessionChannel, idHash, () => void check().catch(stream.close)));
  await check();
}

/** When and why a session ended; null while it is live. Does not note its use. */
export async function findEnding(idHash: string): Promise<Ending | null> {
  const [row] = await ending().execute({ idHash });
  if (row?.isLive) return null;
  return { endedAt: row?.endedAt ?? new Date(), reason: row?.endReason ?? (row && !row.endedAt ? "expired" : null) };
}

const ending = builtOnce((db) =>
  db
    .select({
      endedAt: sessions.endedAt,
      endReason: sql<EndReason | null>`${sessions.endReason}`,
      isLive: sql<boolean>`${isLive()} and ${employees.active}`,
    })
    .from(sessions)
    .innerJoin(employees, sql`${employees.corpId} = ${sessions.corpId} and ${employees.userId} = ${sessions.userId}`)
    .where(eq(sessions.idHash, sql.placeholder("idHash")))
    .prepare("ending of a session"),
);

/** Whether an admin's session is live and its employee an admin by what is stored. Does not note its use. */
export async function isStillAdmin({ corpId, userId, session }: Admin): Promise<boolean> {
  const isAdmin = or(eq(employees.isAdmin, true), inArray(employees.userId, env().ADMIN_USER_IDS));
  const isTheirs = and(eq(employees.corpId, corpId), eq(employees.userId, userId), eq(employees.active, true));
  const found = await db
    .select({ userId: employees.userId })
    .from(sessions)
    .innerJoin(employees, and(isTheirs, isAdmin))
    .where(and(eq(sessions.idHash, session.id), isOf({ corpId, userId }), isLive()));
  return found.length > 0;
}
