import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { after } from "next/server";
import { cache } from "react";
import { askDingTalk, recheckInBackground } from "../employees/refresh";
import { isFresh, isWithinGrace, readRow } from "../employees/store";
import { env } from "../env";
import { readCookie } from "../http/cookies";
import { safeReturnTo } from "../http/return-to";
import { log } from "../log";
import { type Admin, type PhoneViewer, type RecentAdmin, type Viewer } from "../sessions/permission";
import { findLiveSession } from "../sessions/session";
import { viewSession } from "../sessions/view";
import { readUnavailability, type Unavailability, Unavailable } from "../unavailable";
import { unseal } from "./seal";

type Live = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>;

/** The age up to which an admin's record is taken for true without asking DingTalk. */
const adminFreshMs = 60_000;
/** A page waits no longer than this for DingTalk. */
const maxWaitMs = 2500;

/** The session id in this browser's cookie, or null. Only the row behind it says whether the session is live. */
export async function currentSessionId(): Promise<string | null> {
  const token = await unseal("", await readCookie("session"));
  return token?.sessionId ?? null;
}

/**
 * The signed-in employee who makes this request, looked up once per request; null without a live session. Throws `Unavailable`
 * while the database or, for too long, DingTalk does not answer.
 */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  const viewer = await lookUpViewer();
  if (!viewer || isFresh(viewer)) return viewer;
  if (!isWithinGrace(viewer)) return confirmEmployed(viewer);
  // An event about a leaver may be lost or not subscribed to, so every use of a session on an old record asks again. (S26)
  after(() => recheckInBackground(viewer.userId));
  return viewer;
});

/** The same for what stands in any case, such as the sign-in page: the viewer, or why it is not known now. */
export async function askViewer(): Promise<{ viewer: Viewer | null; unavailable: Unavailability | null }> {
  try {
    return { viewer: await findViewer(), unavailable: null };
  } catch (error) {
    const unavailable = readUnavailability(error);
    if (!unavailable) throw error;
    log().warn({ err: error }, "viewer not known");
    return { viewer: null, unavailable };
  }
}

async function lookUpViewer(): Promise<Viewer | null> {
  const sessionId = await currentSessionId();
  if (!sessionId) return null;
  const live = await findLiveSession(sessionId).catch((cause) => {
    throw new Unavailable({ cause: "database" }, { cause });
  });
  return live && prove(live);
}

/** The record is so old that only DingTalk can say whether the viewer still belongs to the company. (S26) */
async function confirmEmployed(viewer: Viewer): Promise<Viewer | null> {
  if (await askDingTalk(viewer.userId, maxWaitMs)) return lookUpViewer();
  const hours = Math.floor((Date.now() - viewer.fetchedAt.getTime()) / 3_600_000);
  throw new Unavailable({ cause: "dingtalk", hours });
}

/** The viewer, or a redirect to the sign-in page, which leads back here. */
export async function requireViewer(): Promise<Viewer> {
  return (await findViewer()) ?? redirectToSignIn();
}

/**
 * The viewer as admin. For everyone else there is no such page. (S28, S31) DingTalk is asked first, so that an admin who left
 * a minute ago sees nothing more; when it does not answer in time, the record counts. (S26)
 */
export async function requireAdmin(): Promise<Admin> {
  const viewer = await requireViewer();
  if (!isAdmin(viewer)) notFound();
  if (Date.now() - viewer.fetchedAt.getTime() < adminFreshMs) return viewer;
  await askDingTalk(viewer.userId, maxWaitMs);
  const confirmed = (await lookUpViewer()) ?? (await redirectToSignIn());
  return isAdmin(confirmed) ? confirmed : notFound();
}

/** The same admin, when their session is young enough for a dangerous act; otherwise they sign in again and return. (S31) */
export function requireRecent(admin: Admin, returnTo: string): RecentAdmin {
  return isRecentAdmin(admin) ? admin : redirect(`/login?${new URLSearchParams({ again: "1", returnTo })}`);
}

/** Whether the viewer signed in within REAUTHENTICATE_MINUTES; 0 asks no one to sign in again. */
export function isRecent({ session }: Viewer): boolean {
  const { REAUTHENTICATE_MINUTES } = env();
  return REAUTHENTICATE_MINUTES === 0 || Date.now() - session.startedAt.getTime() < REAUTHENTICATE_MINUTES * 60_000;
}

/** The viewer, when their session began silently in DingTalk's client; null for any other session. (S19) */
export async function findPhoneViewer(): Promise<PhoneViewer | null> {
  const viewer = await findViewer();
  return viewer && isPhoneViewer(viewer) ? viewer : null;
}

function isPhoneViewer(viewer: Viewer): viewer is PhoneViewer {
  return viewer.session.method === "silent";
}

async function redirectToSignIn(): Promise<never> {
  redirect(`/login?${new URLSearchParams({ returnTo: await currentPath() })}`);
}

/** proxy.ts adds the path to the request, since Next does not give a page its own. */
async function currentPath(): Promise<string> {
  return safeReturnTo((await headers()).get("x-path"));
}

function isAdmin(viewer: Viewer): viewer is Admin {
  return viewer.isAdmin;
}

function isRecentAdmin(admin: Admin): admin is RecentAdmin {
  return isRecent(admin);
}

/** The only place where a permission is made: from a row that was just found live. */
function prove({ session, employee }: Live): Viewer {
  const record = readRow(employee);
  const { userId, name, avatarUrl, admin } = record.employee;
  const { fetchedAt } = record;
  const facts = { corpId: env().DINGTALK_CORP_ID, userId, name, avatarUrl, record, fetchedAt };
  // biome-ignore lint/plugin: this is the one function that brands a checked value.
  return {
    ...facts,
    session: viewSession(session),
    isAdmin: admin || env().ADMIN_USER_IDS.includes(userId),
  } as Viewer;
}
