import { hashEvent } from "../audit/chain";
import { type Outcome, outcomeOf } from "../audit/outcomes";
import { env } from "../env";
import { describeDevice } from "../http/client-info";
import { type Admin } from "../sessions/permission";
import { type SignInMethod } from "../sign-in-method";
import { countEvents, readFilter, type Selected, selectEvents, writeEventKey } from "./filter";
import { namesOf } from "./people";
import { newestPosition } from "./position";
import { type TrailQuery } from "./query";

/** The name is null when no such employee is stored. */
export type TrailPerson = { userId: string; name: string | null };

export type TrailEvent = {
  id: number;
  at: Date;
  kind: string;
  outcome: Outcome;
  person: TrailPerson | null;
  actor: TrailPerson | null;
  method: SignInMethod | null;
  reason: string | null;
  reference: string | null;
  ip: string | null;
  device: { browser: string | null; system: string | null };
  requestId: string | null;
  dingtalkRequestId: string | null;
  count: number;
  /** Whether the hash of the place is that of the event as it is now. Null for an event without a place, which the app did not write. */
  place: { position: number; hash: string; previousHash: string; isIntact: boolean } | null;
};

export type TrailPage = {
  events: TrailEvent[];
  next: string | null;
  /** Counted up to `maxTotal`. */
  total: number;
  hasMore: boolean;
  /** A text found more people than are looked for. */
  isCut: boolean;
  /** The position of the chain before the page was read: later events may be missing on it. */
  upTo: number;
  retentionDays: number;
};

const pageSize = 50;
/** A larger total tells a reader nothing more, and counting it would read the whole trail. */
const maxTotal = 10_000;

/** One page of the audit trail, the latest event first. `after` is the `next` of the previous page. */
export async function listTrail(admin: Admin, query: TrailQuery): Promise<TrailPage> {
  const upTo = await newestPosition();
  const { filter, isCut } = await readFilter(admin, query);
  const [rows, counted] = await Promise.all([
    selectEvents(filter, query.after, pageSize + 1),
    countEvents(filter, maxTotal + 1),
  ]);
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1)?.event : undefined;
  return {
    events: await describeEvents(admin, shown),
    next: last ? writeEventKey(last) : null,
    total: Math.min(counted, maxTotal),
    hasMore: counted > maxTotal,
    isCut,
    upTo,
    retentionDays: env().AUDIT_RETENTION_DAYS,
  };
}

/** Events with the names of their people, as far as these are stored. */
export async function describeEvents(admin: Admin, rows: Selected[]): Promise<TrailEvent[]> {
  const userIds = rows.flatMap(({ event }) => [event.userId, event.actorUserId].filter((id) => id !== null));
  const names = await namesOf(admin, [...new Set(userIds)]);
  const person = (userId: string | null) => (userId === null ? null : { userId, name: names.get(userId) ?? null });
  return rows.map(({ event, chain }) => {
    const { browser, system } = describeDevice(event.userAgent);
    const { corpId: _corp, userId, actorUserId, userAgent: _agent, ...facts } = event;
    return {
      ...facts,
      outcome: outcomeOf(event),
      person: person(userId),
      actor: person(actorUserId),
      device: { browser, system },
      place: chain && { ...chain, isIntact: hashEvent(event, chain) === chain.hash },
    };
  });
}
