import { DingTalkError } from "../dingtalk/errors";
import { type DirectoryEvent } from "../dingtalk/event";
import { log } from "../log";
import { ownCorpId } from "../services";
import { singleton } from "../singleton";
import { actOn } from "./act";
import { finishEvent, postponeEvent, type StoredEvent, storeEvent, takeEvents } from "./store";

/** So many events at once: a flood waits in the database, and calls to DingTalk queue under its limit. */
const batch = 20;
/** How often events that failed, or that another process left, are looked for. */
const everyMs = 5000;

type Work = { running: Promise<void> | null; lastEventAt: Date | null };

const state = singleton("eventWork", (): Work => ({ running: null, lastEventAt: null }));
const timer = singleton("eventTimer", () => setInterval(() => void workOnEvents(), everyMs).unref());

/** Looks for events of a former process, and from then on for those that are due again. */
export function startWorking(): void {
  timer();
  void workOnEvents();
}

/** When this process last received an event; null when it received none. */
export function lastEventAt(): Date | null {
  return state().lastEventAt;
}

/** Stores an event of our own company, and begins to work on it without waiting. An event of another one changes nothing. (S41) */
export async function receiveEvent(event: DirectoryEvent): Promise<void> {
  if (event.corpId !== ownCorpId()) {
    log().warn({ type: event.type }, "event of another organisation refused");
    return;
  }
  state().lastEventAt = new Date();
  const isNew = await storeEvent(event);
  log().debug({ type: event.type, isNew, delayMs: Date.now() - event.bornAtMs }, "dingtalk event");
  if (isNew) void workOnEvents();
}

/** Works on every event that is due. Concurrent callers share one run; logs failures and never throws. */
export async function workOnEvents(): Promise<void> {
  const own = state();
  // What arrived while the former run read its last batch would wait for the timer otherwise.
  if (own.running) await own.running;
  own.running ??= run().finally(() => {
    own.running = null;
  });
  await own.running;
}

async function run(): Promise<void> {
  try {
    for (let events = await takeEvents(batch); events.length > 0; events = await takeEvents(batch))
      for (const group of groupByPerson(events)) await Promise.all(group.map(workOn));
  } catch (err) {
    log().warn({ err }, "events not worked on");
  }
}

/** Events of different people at once, those of the same one after each other. */
function groupByPerson(events: StoredEvent[]): StoredEvent[][] {
  const groups: StoredEvent[][] = [];
  for (const event of events) {
    const isFree = (group: StoredEvent[]) =>
      group.every(({ userIds }) => !userIds.some((id) => event.userIds.includes(id)));
    const lastWithPerson = groups.findLastIndex((group) => !isFree(group));
    const group = groups[lastWithPerson + 1] ?? [];
    if (!groups.includes(group)) groups.push(group);
    group.push(event);
  }
  return groups;
}

async function workOn(event: StoredEvent): Promise<void> {
  try {
    await actOn(event);
    await finishEvent(event.id);
  } catch (err) {
    const isTemporary = err instanceof DingTalkError && err.kind !== "refused";
    log()[isTemporary ? "info" : "warn"]({ type: event.type, attempts: event.attempts, err }, "event postponed");
    await postponeEvent(event).catch(() => {});
  }
}
