import { z } from "zod";
import { type Store } from "../store";
import { pushToStream } from "../stream/push";
import { type CallbackAnswer, consoleCallback, postEvent } from "./callback";
import { createEvent } from "./emit";
import { type CompanyEvent } from "./records";

export const eventOrderSchema = z.strictObject({
  type: z.string().min(1),
  via: z.enum(["http", "stream"]).default("http"),
  userid: z.string().optional(),
  deptId: z.number().optional(),
  /** The same id twice plays a duplicate delivery. */
  eventId: z.string().optional(),
  /** The age that the timestamps claim. */
  ageSeconds: z.number().default(0),
  /** signature and owner have a meaning for callbacks only. */
  tamper: z.enum(["signature", "owner", "corp"]).optional(),
});

type EventOrder = z.output<typeof eventOrderSchema>;
export type EventOrderInput = z.input<typeof eventOrderSchema>;

/** Longer than DingTalk waits, so that a test learns the answer of a slow receiver. */
const answerTimeoutMs = 5000;

/**
 * Sends one event now, once, and waits for the answer: "success" from a callback and "accepted" from a Stream connection that
 * accepted it. The planned faults do not apply.
 */
export async function sendEvent(store: Store, order: EventOrder): Promise<CallbackAnswer> {
  const event = orderedEvent(store, order);
  if (order.via === "stream") return { status: 0, answer: await pushToStream(store, event) };
  const callback = consoleCallback(store) ?? store.registeredCallback;
  if (!callback) return { status: 0, answer: "No callbackUrl is registered: PATCH /_sandbox/settings first." };
  const { status, answer } = await postEvent(store, callback, { event, timeoutMs: answerTimeoutMs, flaw: order });
  return status === 0 ? { status, answer: "The registered address did not answer." } : { status, answer };
}

function orderedEvent(store: Store, order: EventOrder): CompanyEvent {
  const event = createEvent(store, {
    type: order.type,
    userIds: order.userid ? [order.userid] : [],
    deptIds: order.deptId ? [order.deptId] : [],
  });
  return {
    ...event,
    id: order.eventId ?? event.id,
    bornAt: event.bornAt - order.ageSeconds * 1000,
    corpId: order.tamper === "corp" ? "dingelsewhere0corp000001" : event.corpId,
  };
}
