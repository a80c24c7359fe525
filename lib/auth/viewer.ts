import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { after } from "next/server";
import { cache } from "react";
import { type Employee } from "../dingtalk/employee";
import { recheckInBackground } from "../employees/refresh";
import { isFresh, readRow } from "../employees/store";
import { env } from "../env";
import { readCookie } from "../http/cookies";
import { safeReturnTo } from "../http/return-to";
import { type Admin, type PhoneViewer, type Viewer } from "../sessions/permission";
import { findLiveSession } from "../sessions/session";
import { viewSession } from "../sessions/view";
import { unseal } from "./seal";

type Live = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>;

/** The session id in this browser's cookie, or null. Only the row behind it says whether the session is live. */
export async function currentSessionId(): Promise<string | null> {
  const token = await unseal("", await readCookie("session"));
  return token?.sessionId ?? null;
}

/** The signed-in employee who makes this request, looked up once per request; null without a live session. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  const sessionId = await currentSessionId();
  const live = sessionId ? await findLiveSession(sessionId) : null;
  if (!live) return null;
  const { employee, ...record } = readRow(live.employee);
  // An event about a leaver may be lost or not subscribed to, so every use of a session on an old record asks again. (S26)
  if (!isFresh(record)) after(() => recheckInBackground(employee.userId));
  return prove(live.session, employee);
});

/** The viewer, or a redirect to the sign-in page, which leads back here. */
export async function requireViewer(): Promise<Viewer> {
  return (await findViewer()) ?? redirect(`/login?${new URLSearchParams({ returnTo: await currentPath() })}`);
}

/** The viewer as admin. For everyone else there is no such page. (S28, S31) */
export async function requireAdmin(): Promise<Admin> {
  const viewer = await requireViewer();
  return isAdmin(viewer) ? viewer : notFound();
}

/** The viewer, when their session began silently in DingTalk's client; null for any other session. (S19) */
export async function findPhoneViewer(): Promise<PhoneViewer | null> {
  const viewer = await findViewer();
  return viewer && isPhoneViewer(viewer) ? viewer : null;
}

function isPhoneViewer(viewer: Viewer): viewer is PhoneViewer {
  return viewer.session.method === "silent";
}

/** proxy.ts adds the path to the request, since Next does not give a page its own. */
async function currentPath(): Promise<string> {
  return safeReturnTo((await headers()).get("x-path"));
}

function isAdmin(viewer: Viewer): viewer is Admin {
  return viewer.isAdmin;
}

/** The only place where a permission is made: from a row that was just found live. */
function prove(session: Live["session"], { userId, name, avatarUrl, admin }: Employee): Viewer {
  const facts = { corpId: env().DINGTALK_CORP_ID, userId, name, avatarUrl, session: viewSession(session) };
  // biome-ignore lint/plugin: this is the one function that brands a checked value.
  return { ...facts, isAdmin: admin || env().ADMIN_USER_IDS.includes(userId) } as Viewer;
}
