import { type Translation } from "../fill";
import { type ended as chinese } from "../zh-CN/ended";

export const ended: Translation<typeof chinese> = {
  title: "Your session has ended",
  what: "The session on this device has ended, and the page was cleared. Please sign in again.",
  at: "Time",
  signIn: "Go to sign-in",
  reasons: {
    leaver: {
      title: "Your account is disabled",
      what: "The company’s directory no longer lists you, and every device was signed out. If this is wrong, contact your HR department.",
    },
    revoked: {
      title: "This device was signed out",
      what: "An administrator, or you on another device, signed this device out, and the page was cleared. If you do not know why, ask your administrator.",
    },
    rejected: {
      title: "This sign-in was marked as “not me”",
      what: "Another of your devices did not recognise this sign-in, so it was signed out. If it was you, sign in again.",
    },
    over_limit: {
      title: "Too many devices",
      what: "You signed in on another device, and this one, the oldest, was signed out because of the limit.",
    },
    expired: {
      title: "Your session has expired",
      what: "Its time was over, and the page was cleared. Please sign in again.",
    },
    signed_out: { title: "You are signed out", what: "You signed out elsewhere, and the page was cleared." },
    replaced: {
      title: "A new session took over",
      what: "This browser signed in again, and the former session has ended.",
    },
  },
};
