import { type sessions } from "../db/schema";
import { describeDevice } from "../http/client-info";
import { type SignInMethod } from "../sign-in-method";

/** A session as people see it. `id` is its public id, of no use as a cookie. */
export type SessionView = {
  id: string;
  method: SignInMethod;
  browser: string | null;
  system: string | null;
  ip: string | null;
  startedAt: Date;
  lastSeenAt: Date;
  /** The phone that approved a ticket; null for the other methods. */
  approvedBy: { system: string | null; ip: string | null } | null;
};

type Row = Omit<typeof sessions.$inferSelect, "corpId" | "userId" | "expiresAt" | "endedAt" | "endReason">;

export function viewSession(row: Row): SessionView {
  const { idHash, method, userAgent, ip, startedAt, lastSeenAt, approvedIp, approvedUserAgent } = row;
  const { browser, system } = describeDevice(userAgent);
  const approvedBy = method === "ticket" ? { system: describeDevice(approvedUserAgent).system, ip: approvedIp } : null;
  return { id: idHash, method, browser, system, ip, startedAt, lastSeenAt, approvedBy };
}
