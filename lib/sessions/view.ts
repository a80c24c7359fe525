import { type sessions } from "../db/schema";
import { describeDevice } from "../http/client-info";
import { type SignInMethod } from "../sign-in-method";

export type { SignInMethod };

/** A session as people see it. `id` is its public handle, of no use as a cookie. */
export type SessionView = {
  id: string;
  method: SignInMethod;
  browser: string | null;
  system: string | null;
  ip: string | null;
  startedAt: Date;
  lastSeenAt: Date;
  /** The phone that let this desktop in; null for the other ways in. */
  approvedBy: { system: string | null; ip: string | null } | null;
};

type Row = Omit<typeof sessions.$inferSelect, "corpId" | "userId" | "expiresAt" | "endedAt" | "endReason">;

export function viewSession(row: Row): SessionView {
  const { idHash, method, userAgent, ip, startedAt, lastSeenAt, approvedIp, approvedUserAgent } = row;
  const approvedBy = method === "ticket" ? { system: describeDevice(approvedUserAgent).system, ip: approvedIp } : null;
  return { id: idHash, method, ip, startedAt, lastSeenAt, approvedBy, ...describeDevice(userAgent) };
}
