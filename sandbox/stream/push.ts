import { randomInt } from "node:crypto";
import { now } from "../clock";
import { type CompanyEvent, type Outcome } from "../events/records";
import { type Store } from "../store";
import { eventFrame } from "./frames";

/** Pushes an event once, to one of the open connections at random, as DingTalk does. */
export async function pushToStream(store: Store, event: CompanyEvent): Promise<Outcome> {
  const open = [...store.stream.connections].filter((one) => one.isOpen && one.isSubscribed);
  const connection = open[open.length > 0 ? randomInt(open.length) : 0];
  if (!connection) return "unreachable";
  const frame = eventFrame(event, { sentAt: now(store), unifiedAppId: store.options.unifiedAppId });
  return connection.push(frame, store.settings.stream.timeoutMs);
}
