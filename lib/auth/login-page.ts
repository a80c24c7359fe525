import { cookies, headers } from "next/headers";
import { env } from "../env";
import { isDingTalkClient } from "../http/client-info";
import { signedOutCookie } from "../http/cookies";
import { findViewer, type Viewer } from "./viewer";

/** What the sign-in page needs to know; none of it is secret. */
export type LoginContext = {
  /** Where this app stands, for everybody. */
  origin: string;
  corpId: string;
  clientId: string;
  isInsideDingTalk: boolean;
  hasSignedOut: boolean;
  /** Which QR comes first. */
  firstQr: "frame" | "ticket";
  viewer: Viewer | null;
};

export async function loginContext(): Promise<LoginContext> {
  const { NEXTAUTH_URL, DINGTALK_CORP_ID, DINGTALK_CLIENT_ID, LOGIN_QR } = env();
  const [jar, asked, viewer] = await Promise.all([cookies(), headers(), findViewer()]);
  return {
    origin: NEXTAUTH_URL,
    corpId: DINGTALK_CORP_ID,
    clientId: DINGTALK_CLIENT_ID,
    isInsideDingTalk: isDingTalkClient(asked.get("user-agent")),
    firstQr: LOGIN_QR,
    hasSignedOut: jar.has(signedOutCookie().name),
    viewer,
  };
}
