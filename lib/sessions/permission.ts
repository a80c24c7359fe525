import { type Employee } from "../dingtalk/employee";
import { type CorpId, type UserId } from "../dingtalk/identity";
import { type SessionView } from "./view";

declare const proof: unique symbol;

/**
 * The signed-in employee who makes this request. Only lib/auth/viewer.ts creates one, after checking the session's row, so
 * a function that takes a `Viewer` cannot be called by a page that did not ask who is signed in.
 */
export type Viewer = {
  readonly [proof]: "viewer" | "admin" | "recent admin";
  corpId: CorpId;
  userId: UserId;
  name: string;
  avatarUrl: string | null;
  isAdmin: boolean;
  /** The viewer's own record, as the check of the session read it. */
  record: { employee: Employee; active: boolean; fetchedAt: Date; lastSignedInAt: Date | null };
  /** When DingTalk last described the employee. */
  fetchedAt: Date;
  session: SessionView;
};

/** A viewer who may see the directory and revoke sessions. */
export type Admin = Viewer & { readonly [proof]: "admin" | "recent admin" };

/** An admin who signed in only minutes ago, as dangerous acts require. (S31) */
export type RecentAdmin = Admin & { readonly [proof]: "recent admin" };

/** A viewer whose session began silently, in DingTalk's client in their hand: the only one who may approve a ticket. (S19) */
export type PhoneViewer = Viewer & { session: { method: "silent" } };
