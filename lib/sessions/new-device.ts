import { and, desc, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { type ClientInfo, currentClient, describeDevice } from "../http/client-info";
import { type Viewer } from "./permission";
import { announceEnd, type EndReason, isLive, isOf, type Owner } from "./session";
import { type SessionView, viewSession } from "./view";

/** A browser or a network that was not used for so long counts as new. The sweep stores ended sessions as long. */
export const deviceMemoryDays = 90;
/** How the new device itself ends its session. */
const endedByItself: EndReason[] = ["signed_out", "replaced"];
/** Of more clients than this, only the latest are compared. */
const maxCompared = 200;

/**
 * Notes a sign-in on the employee, whose row the caller's transaction holds from then on. Returns whether the device is new:
 * there was no session with this browser, or none from this network, in the last 90 days. A session that the person rejected
 * makes nothing known. (S21)
 */
export async function noteSignIn(tx: Db, owner: Owner, client: ClientInfo): Promise<boolean> {
  const since = sql`now() - make_interval(days => ${deviceMemoryDays})`;
  const isOwner = and(eq(employees.corpId, owner.corpId), eq(employees.userId, owner.userId));
  const noted = tx.update(employees).set({ lastSignedInAt: sql`now()` }).where(isOwner);
  const seen = await tx
    .with(tx.$with("noted").as(noted.returning({ userId: employees.userId })))
    .select({ ip: sessions.ip, userAgent: sessions.userAgent })
    .from(sessions)
    .where(and(isOf(owner), gt(sessions.lastSeenAt, since), sql`${sessions.endReason} is distinct from 'rejected'`))
    .groupBy(sessions.ip, sessions.userAgent)
    .orderBy(desc(sql`max(${sessions.lastSeenAt})`))
    .limit(maxCompared);
  const isKnownBrowser = seen.some(({ userAgent }) => browserOf(userAgent) === browserOf(client.userAgent));
  const isKnownNetwork = client.ip === null || seen.some(({ ip }) => networkPrefix(ip) === networkPrefix(client.ip));
  return !isKnownBrowser || !isKnownNetwork;
}

/** Without the version: an update of the browser is not a new browser. */
function browserOf(userAgent: string | null): string {
  const { browser, system } = describeDevice(userAgent);
  return `${browser?.replace(/ [\d.]+$/, "")} on ${system}`;
}

/** The first three bytes of an IPv4 address, or the first three groups of an IPv6 address: one building or one home. */
function networkPrefix(ip: string | null): string | null {
  if (!ip) return null;
  return ip.includes(":") ? ip.split(":").slice(0, 3).join(":") : ip.split(".").slice(0, 3).join(".");
}

/**
 * The latest sign-in of the viewer on a new device that is not confirmed yet, for the person's other sessions. Only a session
 * that is older than the new one sees it, so that an intruder cannot confirm their own sign-in; and signing out does not hide
 * it. Silent sign-ins are left out: DingTalk's client itself proves them.
 */
export async function findUnreviewed(viewer: Viewer): Promise<SessionView | null> {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(isReviewable(viewer), or(isLive(), inArray(sessions.endReason, endedByItself))))
    .orderBy(desc(sessions.startedAt))
    .limit(1);
  return row ? viewSession(row) : null;
}

/** Notes that the viewer recognised one of their sign-ins. */
export async function markReviewed(viewer: Viewer, id: string): Promise<void> {
  await db
    .update(sessions)
    .set({ reviewedAt: sql`now()` })
    .where(and(isReviewable(viewer), eq(sessions.idHash, id)));
}

/** Ends one of the viewer's sign-ins that they did not recognise. */
export async function rejectSignIn(viewer: Viewer, id: string): Promise<void> {
  const { corpId, userId } = viewer;
  const client = await currentClient();
  const rejected = {
    reviewedAt: sql`now()`,
    endedAt: sql`coalesce(${sessions.endedAt}, now())`,
    endReason: "rejected",
  };
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(sessions)
      .set(rejected)
      .where(and(isReviewable(viewer), eq(sessions.idHash, id)))
      .returning({ idHash: sessions.idHash, announced: announceEnd });
    if (ended.length === 0) return;
    await recordEvent(tx, { kind: "session_ended", corpId, userId, actorUserId: userId, reason: "rejected", client });
  });
}

function isReviewable(viewer: Viewer) {
  // An SQL expression does not encode its parameters, and the PostgreSQL driver does not accept a Date.
  const ownStart = sql.param(viewer.session.startedAt, sessions.startedAt);
  const isLater = and(ne(sessions.idHash, viewer.session.id), gt(sessions.startedAt, ownStart));
  const isOpen = and(eq(sessions.isNewDevice, true), isNull(sessions.reviewedAt));
  return and(isOf(viewer), isLater, isOpen, ne(sessions.method, "silent"));
}
