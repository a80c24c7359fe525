import { headers } from "next/headers";
import { recordRefusal } from "../audit/refusals";
import { env } from "../env";
import { currentClient, isDingTalkClient } from "../http/client-info";
import { exceedsLimit } from "../http/rate-limits";
import { type PhoneViewer } from "../sessions/permission";
import {
  approveTicket,
  declineTicket,
  scanTicket,
  type TicketDecision,
  type TicketRequest,
  type Unavailable,
} from "../tickets/phone";
import { findPhoneViewer, findViewer } from "./viewer";

/** What the page behind a QR code shows: who opened it, and what became of the ticket. */
export type ScanState =
  | { step: "open_in_dingtalk"; link: string }
  | { step: "sign_in" }
  | { step: "wrong_method" }
  | { step: "wait"; seconds: number }
  | { step: "decide"; viewer: PhoneViewer; request: TicketRequest }
  | { step: "unavailable"; reason: Unavailable };

/** Opens a ticket on the phone that scanned it. */
export async function loadScan(id: string): Promise<ScanState> {
  const request = await headers();
  if (!isDingTalkClient(request.get("user-agent"))) return { step: "open_in_dingtalk", link: dingTalkLink(id) };
  const viewer = await findPhoneViewer();
  if (!viewer) return { step: (await findViewer()) ? "wrong_method" : "sign_in" };
  const seconds = await exceedsScanLimit("scan by employee", viewer);
  if (seconds !== null) return { step: "wait", seconds };
  const scanned = await scanTicket(viewer, { id, client: await currentClient() });
  if ("unavailable" in scanned) return { step: "unavailable", reason: scanned.unavailable };
  return { step: "decide", viewer, request: scanned.request };
}

export type ScanAnswer = { decision: "approve"; number: string } | { decision: "decline" };

/** Carries out what the person on the phone decided. `wait`: too many tries; null: this session did not begin in DingTalk's client. */
export async function decideScan(id: string, answer: ScanAnswer): Promise<TicketDecision | "wait" | null> {
  const viewer = await findPhoneViewer();
  if (!viewer) return null;
  if ((await exceedsScanLimit("decide by employee", viewer)) !== null) return "wait";
  const client = await currentClient();
  if (answer.decision === "decline") return declineTicket(viewer, { id, client });
  return approveTicket(viewer, { id, client, number: answer.number });
}

async function exceedsScanLimit(limit: "scan by employee" | "decide by employee", { userId }: PhoneViewer) {
  const seconds = await exceedsLimit([limit, userId]);
  if (seconds === null) return null;
  await recordRefusal({ refusal: "too_many_requests", method: "ticket", client: await currentClient(), userId });
  return seconds;
}

/** Opens a page inside DingTalk's client. https://open.dingtalk.com/document/development/unified-routing-protocol */
function dingTalkLink(id: string): string {
  const url = `${env().NEXTAUTH_URL}/scan/${id}`;
  return `dingtalk://dingtalkclient/page/link?${new URLSearchParams({ url, pc_slide: "true" })}`;
}
