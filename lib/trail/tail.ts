import { eventStreamHeaders, openEventStream, takePlace } from "../http/event-stream";
import { type Admin } from "../sessions/permission";
import { isStillAdmin } from "../sessions/watch";
import { countChained, type Filter, readFilter } from "./filter";
import { newestPosition } from "./position";
import { type TrailQuery } from "./query";

/** Each visible tab has one. */
const maxPerSession = 8;
/** Permission is checked before anything is said. A session that ends without an event is noticed after so many seconds. */
const checkSeconds = 30;
/** A page that is further behind learns only that it is. */
const maxBehind = 1000;

type Opening = { since: number | null; signal: AbortSignal };

/**
 * An event stream that says how many new events a query finds, beginning after the position `since`; null when the session has too many of them. It
 * says nothing of the events, is no use of the session, and ends when the session ends or the employee is no admin any more. (S25, S31)
 */
export async function watchTrail(
  admin: Admin,
  query: TrailQuery,
  { since, signal }: Opening,
): Promise<Response | null> {
  const release = takePlace(`trail ${admin.session.id}`, maxPerSession);
  if (!release) return null;
  const stream = openEventStream(signal);
  stream.onClose(release);
  try {
    const [{ filter }, newest] = await Promise.all([readFilter(admin, query), newestPosition()]);
    const seen = Math.max(Math.min(since ?? newest, newest), newest - maxBehind);
    await follow({ ...stream, admin, filter }, seen);
  } catch (error) {
    stream.close();
    throw error;
  }
  return new Response(stream.body, { headers: eventStreamHeaders });
}

type Follower = ReturnType<typeof openEventStream> & { admin: Admin; filter: Filter };

/** The relative times of a filter do not matter here: what is new now was not before they began. */
async function follow({ admin, filter, send, close, schedule }: Follower, begin: number): Promise<void> {
  let seen = begin;
  let seconds = 0;
  const end = () => {
    send({ ended: true });
    close();
  };
  const look = async () => {
    const upTo = await newestPosition();
    const isNew = upTo > seen;
    if ((isNew || seconds % checkSeconds === 0) && !(await isStillAdmin(admin))) return end();
    const count = isNew ? await countChained(filter, seen, upTo) : 0;
    if (count > 0) send({ upTo, count });
    seen = Math.max(seen, upTo);
    seconds += 1;
    schedule(() => void look().catch(close), 1);
  };
  await look();
}
