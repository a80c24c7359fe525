import { WebSocket } from "ws";
import { z } from "zod";

const frameSchema = z.object({
  specVersion: z.literal("1.0"),
  type: z.enum(["SYSTEM", "EVENT"]),
  headers: z.looseObject({ topic: z.string(), messageId: z.string() }),
  data: z.string(),
});

export type ReceivedFrame = z.output<typeof frameSchema>;

type Credentials = { clientId: string; clientSecret: string };

/** Asks the gateway for an address and a ticket, as DingTalk's SDK for Node does. */
export async function openGateway(apiUrl: string, credentials: Credentials, patch: object = {}): Promise<Response> {
  const subscriptions = [{ type: "EVENT", topic: "*" }];
  return fetch(`${apiUrl}/v1.0/gateway/connections/open`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ ...credentials, ua: "test/1.0", localIp: "127.0.0.1", subscriptions, ...patch }),
  });
}

const ticketSchema = z.object({ endpoint: z.string(), ticket: z.string() });

export async function getTicket(apiUrl: string, credentials: Credentials, patch: object = {}) {
  return ticketSchema.parse(await (await openGateway(apiUrl, credentials, patch)).json());
}

/** How a connection was closed: the code 1006 means that there was no close frame. */
export type Closing = { code: number };

/** A plain WebSocket client with the wire format of DingTalk's SDK. It answers nothing by itself. */
export function connectStream({ endpoint, ticket }: z.output<typeof ticketSchema>) {
  const socket = new WebSocket(`${endpoint}?ticket=${ticket}`);
  const frames: ReceivedFrame[] = [];
  const closed = new Promise<Closing>((resolve) => socket.once("close", (code) => resolve({ code })));
  const opened = new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.on("error", reject);
  });
  socket.on("message", (data) => frames.push(frameSchema.parse(JSON.parse(String(data)))));
  return {
    socket,
    frames,
    opened,
    closed,
    answer: ({ headers }: ReceivedFrame, data: object, code = 200) =>
      socket.send(
        JSON.stringify({
          code,
          message: "OK",
          headers: { contentType: "application/json", messageId: headers.messageId },
          data: JSON.stringify(data),
        }),
      ),
  };
}
