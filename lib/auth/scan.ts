import { headers } from "next/headers";
import { env } from "../env";
import { type ClientInfo, isDingTalkClient, readClientInfo } from "../http/client-info";
import { exceedsLimit } from "../http/rate-limits";
import {
  approveTicket,
  type Decision,
  declineTicket,
  type Gone,
  scanTicket,
  type TicketRequest,
} from "../tickets/phone";
import { findPhoneViewer, findViewer, type PhoneViewer } from "./viewer";

/** What the page behind a QR finds: who looks at it with what, and what became of the ticket. */
export type Scan =
  | { step: "open_in_dingtalk"; link: string }
  | { step: "sign_in" }
  | { step: "wrong_method" }
  | { step: "wait"; seconds: number }
  | { step: "decide"; viewer: PhoneViewer; request: TicketRequest }
  | { step: "gone"; gone: Gone["gone"] };

/** Looks at a ticket with the phone that scanned it. */
export async function scan(id: string): Promise<Scan> {
  const asked = await headers();
  if (!isDingTalkClient(asked.get("user-agent"))) return { step: "open_in_dingtalk", link: dingTalkLink(id) };
  const viewer = await findPhoneViewer();
  if (!viewer) return { step: (await findViewer()) ? "wrong_method" : "sign_in" };
  const seconds = await exceedsLimit({ "scan by employee": viewer.userId });
  if (seconds !== null) return { step: "wait", seconds };
  const scanned = await scanTicket(viewer, { id, client: await currentClient() });
  return "gone" in scanned
    ? { step: "gone", gone: scanned.gone }
    : { step: "decide", viewer, request: scanned.request };
}

export type Answer = { decision: "approve"; number: string } | { decision: "decline" };

/** Carries out what the person on the phone decided. `wait`: too many tries; null: this is no phone that came in through DingTalk. */
export async function decide(id: string, answer: Answer): Promise<Decision | "wait" | null> {
  const viewer = await findPhoneViewer();
  if (!viewer) return null;
  if ((await exceedsLimit({ "decide by employee": viewer.userId })) !== null) return "wait";
  const client = await currentClient();
  if (answer.decision === "decline") return declineTicket(viewer, { id, client });
  return approveTicket(viewer, { id, client, number: answer.number });
}

async function currentClient(): Promise<ClientInfo> {
  return readClientInfo(await headers(), env().TRUSTED_PROXY_COUNT);
}

/** Opens a page inside DingTalk's client. https://open.dingtalk.com/document/development/unified-routing-protocol */
function dingTalkLink(id: string): string {
  const url = `${env().NEXTAUTH_URL}/scan/${id}`;
  return `dingtalk://dingtalkclient/page/link?${new URLSearchParams({ url, pc_slide: "true" })}`;
}
