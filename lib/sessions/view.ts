import type { sessions } from "../db/schema";
import { describeDevice } from "../visit";
import type { WayIn } from "./way-in";

export type { WayIn };

/** A session as people see it. `id` is its public handle, of no use as a cookie. */
export type SessionView = {
  id: string;
  wayIn: WayIn;
  browser: string | null;
  system: string | null;
  ip: string | null;
  startedAt: Date;
  lastSeenAt: Date;
};

type Row = Pick<typeof sessions.$inferSelect, "idHash" | "wayIn" | "userAgent" | "ip" | "startedAt" | "lastSeenAt">;

export function viewSession(row: Row): SessionView {
  const { idHash, wayIn, userAgent, ip, startedAt, lastSeenAt } = row;
  return { id: idHash, wayIn, ip, startedAt, lastSeenAt, ...describeDevice(userAgent) };
}
