import { eq, sql } from "drizzle-orm";
import { subscribeTo } from "../db/channel";
import { builtOnce } from "../db/client";
import { employees, sessions } from "../db/schema";
import { eventStreamHeaders, openEventStream } from "../http/event-stream";
import { hashSecret } from "../secrets";
import { singleton } from "../singleton";
import { type EndReason, isLive, sessionChannel } from "./session";

/** A message could be lost while the database was away, and an idle session ends without one. */
const checkSeconds = 60;
/** Each visible tab has one. */
const maxPerSession = 8;

export type Ending = { endedAt: Date; reason: EndReason | null };

const counts = singleton("watchedSessions", () => new Map<string, number>());

/**
 * An event stream that says once when this session has ended, and closes; null when too many are open. It is not a use of the
 * session: an open page does not keep it alive. The state is read after subscribing, so no end is missed.
 */
export async function watchSession(sessionId: string | null, signal: AbortSignal): Promise<Response | null> {
  const idHash = sessionId && hashSecret(sessionId);
  const count = counts().get(idHash ?? "") ?? 0;
  if (count >= maxPerSession) return null;
  const stream = openEventStream(signal);
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
  counts().set(idHash, (counts().get(idHash) ?? 0) + 1);
  stream.onClose(() => release(idHash));
  const check = async () => {
    const ending = await findEnding(idHash);
    if (ending) return stream.end(ending.reason);
    stream.schedule(() => void check().catch(stream.close), checkSeconds);
  };
  stream.onClose(await subscribeTo(sessionChannel, idHash, () => void check().catch(stream.close)));
  await check();
}

function release(idHash: string): void {
  const left = (counts().get(idHash) ?? 1) - 1;
  if (left > 0) counts().set(idHash, left);
  else counts().delete(idHash);
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
