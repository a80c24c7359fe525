import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { after } from "next/server";
import { cache } from "react";
import { type Employee } from "../dingtalk/employee";
import { recheckQuietly } from "../employees/refresh";
import { isFresh, readRow } from "../employees/store";
import { env } from "../env";
import { authCookies } from "../http/cookies";
import { safeReturnTo } from "../http/return-to";
import { findLiveSession } from "../sessions/live";
import { type Admin, type PhoneViewer, type Viewer } from "../sessions/permission";
import { viewSession } from "../sessions/view";
import { readSessionId } from "./browser";

export type { Admin, PhoneViewer, Viewer };

type Live = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>;

/** Who is looking, asked once a request; null when nobody is signed in or the session was ended. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  const jar = await cookies();
  const sessionId = await readSessionId(jar.get(authCookies().sessionToken.name)?.value);
  const live = sessionId ? await findLiveSession(sessionId) : null;
  if (!live) return null;
  const { employee, ...record } = readRow(live.employee);
  // An event that tells of a leaver may be lost, or never asked for: whoever uses a session is looked up again. (S26)
  if (!isFresh(record)) after(() => recheckQuietly(employee.userId));
  return vouch(live.session, employee);
});

/** The viewer, or the sign-in page, which leads back here. */
export async function requireViewer(): Promise<Viewer> {
  return (await findViewer()) ?? redirect(`/login?${new URLSearchParams({ returnTo: await currentPath() })}`);
}

/** The viewer as admin. Anybody else learns nothing, not even that there is a page. (S28, S31) */
export async function requireAdmin(): Promise<Admin> {
  const viewer = await requireViewer();
  return isAdmin(viewer) ? viewer : notFound();
}

/** The viewer, when DingTalk's client on a phone is what let them in; null for any other session. (S19) */
export async function findPhoneViewer(): Promise<PhoneViewer | null> {
  const viewer = await findViewer();
  return viewer && isOnPhone(viewer) ? viewer : null;
}

function isOnPhone(viewer: Viewer): viewer is PhoneViewer {
  return viewer.session.method === "silent";
}

/** proxy.ts writes the path down, since Next does not tell a page its own. */
async function currentPath(): Promise<string> {
  return safeReturnTo((await headers()).get("x-path"));
}

function isAdmin(viewer: Viewer): viewer is Admin {
  return viewer.isAdmin;
}

/** The only place where a permission is made: from a row that was just found live. */
function vouch(session: Live["session"], { userId, name, avatarUrl, admin }: Employee): Viewer {
  const facts = { corpId: env().DINGTALK_CORP_ID, userId, name, avatarUrl, session: viewSession(session) };
  // biome-ignore lint/plugin: this is the one function that brands a checked value.
  return { ...facts, isAdmin: admin || env().ADMIN_USER_IDS.includes(userId) } as Viewer;
}
