import { headers } from "next/headers";
import { env } from "../env";
import { describeDevice } from "../http/client-info";
import { readCookie } from "../http/cookies";
import { isDingTalkDown } from "../services";
import { type Viewer } from "../sessions/permission";
import { askViewer, isRecent } from "./viewer";

/** What the sign-in page needs to know; none of it is secret. */
export type LoginContext = {
  /** The address of this app. */
  origin: string;
  corpId: string;
  clientId: string;
  isPhone: boolean;
  hasSignedOut: boolean;
  /** Which QR code comes first. */
  firstQr: "frame" | "ticket";
  /** A sign-in at DingTalk's login page would fail now, so the first QR code is a ticket. */
  isDingTalkDown: boolean;
  viewer: Viewer | null;
  /** The viewer signed in only minutes ago. */
  isRecent: boolean;
};

export async function loginContext(): Promise<LoginContext> {
  const { NEXTAUTH_URL, DINGTALK_CORP_ID, DINGTALK_CLIENT_ID, LOGIN_QR } = env();
  const [signedOut, request, { viewer }] = await Promise.all([readCookie("signed-out"), headers(), askViewer()]);
  const userAgent = request.get("user-agent");
  return {
    origin: NEXTAUTH_URL,
    corpId: DINGTALK_CORP_ID,
    clientId: DINGTALK_CLIENT_ID,
    isPhone: describeDevice(userAgent).isPhone,
    firstQr: isDingTalkDown() ? "ticket" : LOGIN_QR,
    isDingTalkDown: isDingTalkDown(),
    hasSignedOut: signedOut !== null,
    viewer,
    isRecent: viewer !== null && isRecent(viewer),
  };
}
