import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readFields, requiredText } from "../api/guards";
import { now, secondsFromNow } from "../clock";
import { requestOrigin, type SandboxContext } from "../http";
import { apiRefusal } from "../refusal";
import { type Store } from "../store";
import { type StreamClient } from "./connection";

export const streamPath = "/connect";

const openSchema = z.object({
  clientId: requiredText,
  clientSecret: requiredText,
  subscriptions: z.array(z.object({ type: z.string(), topic: z.string() })).min(1),
  ua: z.string().default(""),
  localIp: z.string().default(""),
});

/**
 * POST /v1.0/gateway/connections/open: where to connect, and a ticket for one connection.
 * https://open.dingtalk.com/document/direction/stream-mode-protocol-access-description
 */
export function openConnection(store: Store, c: SandboxContext, body: Record<string, unknown>) {
  const { clientId, clientSecret, ...client } = readFields(body, openSchema);
  if (clientId !== store.options.clientId || clientSecret !== store.options.clientSecret) {
    throw apiRefusal(401, { code: "authFailed", message: "鉴权失败" });
  }
  return { endpoint: requestOrigin(c).replace(/^http/, "ws") + streamPath, ticket: issueTicket(store, client) };
}

/** Without "Accept: application/json" the gateway answers in XML. */
export function connectionResponse(c: SandboxContext, answer: { endpoint: string; ticket: string }): Response | null {
  if (c.req.header("accept")?.includes("application/json")) return null;
  const { endpoint, ticket } = answer;
  const text = `<?xml version="1.0" encoding="UTF-8"?><response><endpoint>${endpoint}</endpoint><ticket>${ticket}</ticket></response>`;
  return new Response(text, { headers: { "content-type": "application/xml;charset=utf-8" } });
}

/** A ticket leaves the list when it is used, and with the next one when it has expired. */
function issueTicket(store: Store, client: StreamClient): string {
  const { tickets } = store.stream;
  for (const [value, { expiresAt }] of tickets) if (expiresAt <= now(store)) tickets.delete(value);
  const ticket = randomUUID();
  tickets.set(ticket, { client, expiresAt: secondsFromNow(store, store.settings.stream.ticketLifeSeconds) });
  return ticket;
}
