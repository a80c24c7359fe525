import { type EventStream, openStream } from "../dingtalk/stream";
import { env } from "../env";
import { log } from "../log";
import { dingtalk } from "../services";
import { singleton } from "../singleton";
import { lastEventAt, receiveEvent } from "./work";

const stream = singleton<{ current: EventStream | null }>("eventStream", () => ({ current: null }));

/** Keeps this process's one connection of Stream mode, if the events come that way. */
export function startStream(): void {
  if (env().DINGTALK_EVENTS !== "stream" || stream().current) return;
  stream().current = openStream({
    openConnection: () => dingtalk().openConnection(),
    isAllowed,
    onEvent: receiveEvent,
    onState: (change) => log()[change.isOpen ? "info" : "warn"](change, "dingtalk event stream"),
  });
}

/** Ends the connection; DingTalk keeps what happens meanwhile for another process, or for the next start. */
export function closeStream(): void {
  stream().current?.close();
  stream().current = null;
}

/** How events reach this process, for monitoring. */
export function eventState() {
  const { DINGTALK_EVENTS: mode } = env();
  const state = stream().current?.state() ?? null;
  return { mode, isConnected: mode === "stream" ? (state?.isOpen ?? false) : null, lastEventAt: lastEventAt() };
}

/** The ticket must not reach another host than DingTalk's, or than the API's own where the settings name another. (S34) */
function isAllowed({ protocol, hostname }: URL): boolean {
  const api = new URL(env().DINGTALK_API_URL);
  if (hostname === api.hostname) return protocol === (api.protocol === "https:" ? "wss:" : "ws:");
  return protocol === "wss:" && (hostname.endsWith(".dingtalk.com") || env().DINGTALK_ALLOW_OTHER_HOSTS);
}
