import { type CorpId, type UserId } from "../dingtalk/identity";
import { type SessionView } from "./view";

declare const proof: unique symbol;

/**
 * The signed-in employee who is asking. Only lib/auth/viewer.ts makes one, after checking the session's row, so a function
 * that takes a `Viewer` cannot be called by a page that forgot to ask who is there.
 */
export type Viewer = {
  readonly [proof]: "viewer" | "admin";
  corpId: CorpId;
  userId: UserId;
  name: string;
  avatarUrl: string | null;
  isAdmin: boolean;
  session: SessionView;
};

/** A viewer who may see the directory and put people out. */
export type Admin = Viewer & { readonly [proof]: "admin" };

/** A viewer who came in silently, through DingTalk's client in their hand: the only one who may let a desktop in. (S19) */
export type PhoneViewer = Viewer & { session: { method: "silent" } };
