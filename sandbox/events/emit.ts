import { randomUUID } from "node:crypto";
import { now } from "../clock";
import { type Store } from "../store";
import { pushToStream } from "../stream/push";
import { callbacksFor, pushToCallback } from "./callback";
import { type Change, type Channel, type CompanyEvent, type Outcome } from "./records";

/** The log keeps the newest events only, so that a large company fits into memory. */
const loggedEvents = 1000;

export function createEvent(store: Store, change: Change): CompanyEvent {
  const { corpId } = store.options;
  const born = { id: randomUUID(), bornAt: now(store), corpId, pushes: [] };
  return { userIds: [], deptIds: [], diff: null, ...change, ...born };
}

/** Pushes the events of a change to everyone who subscribes them, as far as the planned faults let them pass. */
export function emitChanges(store: Store, changes: Change[]): void {
  if (!store.settings.push.automatic) return;
  for (const change of changes) {
    const event = createEvent(store, change);
    store.events = [...store.events.slice(1 - loggedEvents), event];
    distribute(store, event);
  }
}

function distribute(store: Store, event: CompanyEvent): void {
  const { faults, delayMs } = store.settings.push;
  if (faults.includes("lost")) return;
  const copies = faults.includes("repeated") ? [event, event] : [event];
  if (faults.includes("reordered")) holdBack(store, copies);
  else if (faults.includes("delayed")) store.schedule.after(delayMs, () => void deliverAll(store, copies));
  else void deliverAll(store, copies);
}

/** What happens within the delay is pushed after it, the newest first. */
function holdBack(store: Store, copies: CompanyEvent[]): void {
  const isFirst = store.heldEvents.length === 0;
  store.heldEvents.push(...copies);
  if (!isFirst) return;
  const release = () => void deliverAll(store, store.heldEvents.splice(0).reverse());
  store.schedule.after(store.settings.push.delayMs, release);
}

/** Each event waits for the first push of the one before it, so that they arrive in this order. */
async function deliverAll(store: Store, events: CompanyEvent[]): Promise<void> {
  for (const event of events) await Promise.all([...deliverToCallbacks(store, event), deliverToStream(store, event)]);
}

function deliverToCallbacks(store: Store, event: CompanyEvent): Promise<void>[] {
  return callbacksFor(store, event.type).map((callback) => {
    const giveUp = () => void store.failedEvents.push({ event, failedAt: now(store) });
    const attempt = () => pushToCallback(store, callback, event);
    return pushUntilAccepted(store, event, { via: "http", attempt, retryMs: store.settings.push.httpRetryMs, giveUp });
  });
}

async function deliverToStream(store: Store, event: CompanyEvent): Promise<void> {
  const { push, stream } = store.settings;
  if (!store.stream.isUsed || !isSubscribed(push.types, event.type)) return;
  const attempt = () => pushToStream(store, event);
  await pushUntilAccepted(store, event, { via: "stream", attempt, retryMs: stream.retryMs, giveUp: () => {} });
}

function isSubscribed(types: string[] | null, type: string): boolean {
  return types === null || types.includes(type);
}

type Pushing = { via: Channel; attempt: () => Promise<Outcome>; retryMs: number[]; giveUp: () => void };

/** Pushes at once and after each of the waiting times, until one push is accepted. Returns after the first push. */
async function pushUntilAccepted(store: Store, event: CompanyEvent, pushing: Pushing): Promise<void> {
  const { schedule } = store;
  const outcome = await pushing.attempt();
  event.pushes.push({ via: pushing.via, at: now(store), outcome });
  if (outcome === "accepted" || schedule.isClosed) return;
  const [waitMs, ...retryMs] = pushing.retryMs;
  if (waitMs === undefined) return pushing.giveUp();
  schedule.after(waitMs, () => void pushUntilAccepted(store, event, { ...pushing, retryMs }));
}
