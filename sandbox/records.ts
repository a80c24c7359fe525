import { z } from "zod";
import { type Permission } from "./settings";

/** A department of the company, as the seed and the oapi methods read it. */
export type Department = { id: number; name: string; parentId: number | null; order: number; managers: string[] };

/** That a person left the company. A person who came back and left again has two. */
export type LeaveRecord = {
  userid: string;
  name: string;
  stateCode: string;
  mobile: string | null;
  leftAt: number;
  reason: LeaveReason;
};

/** Deleted by a call, cancelled the account, left, unknown, deleted by an admin. */
export const leaveReasons = ["oapi", "cancel", "leave", "unknown", "delete"] as const;
export type LeaveReason = (typeof leaveReasons)[number];

export type CodeKind = "auth" | "silent" | "sns" | "loginTmp";

/**
 * A one-time code. An auth code comes from the login page, a silent code from the bridge, an sns code from the older login
 * page. A loginTmp code is what that page posts out of a frame, to be exchanged for an sns code.
 */
export type Code = {
  kind: CodeKind;
  userid: string;
  clientId: string;
  corpId: string;
  scope: string;
  expiresAt: number;
};

/** An access token of the app, with the permissions that were granted when it was issued. */
export type CorpToken = { value: string; permissions: Permission[]; expiresAt: number };

/** An access token of one person, with the refresh token that replaces it. */
export type UserToken = {
  value: string;
  refreshToken: string;
  userid: string;
  scope: string;
  corpId: string;
  expiresAt: number;
  refreshExpiresAt: number;
};

/** The ticket that signs JSAPI calls; repeated calls return it again and prolong it. */
export type JsapiTicket = { value: string; createdAt: number; expiresAt: number };

export type QrState = "waiting" | "scanned" | "confirmed" | "gone";

/** A QR code of the login page. */
export type QrCode = {
  value: string;
  /** Where the browser returns after the sign-in; the phone shows its host. */
  redirectUri: string;
  state: QrState;
  userid: string | null;
  expiresAt: number;
  /** The state that the last poll returned. A poll that finds another state returns at once. */
  reportedState: QrState;
  listeners: Set<() => void>;
};

/** A work notification as it arrived on people's phones. */
export type Message = { taskId: number; userids: string[]; unknownUserids: string[]; msg: unknown; at: number };

export const recordedCallSchema = z.object({
  method: z.string(),
  path: z.string(),
  at: z.number(),
  connectionId: z.number(),
  tokenKind: z.enum(["corp", "user", "none"]),
});

/** A call to one of DingTalk's hosts, without its query. */
export type RecordedCall = z.output<typeof recordedCallSchema>;
