import { cookies, headers } from "next/headers";
import { recordEvent } from "../audit";
import { db } from "../db/client";
import { env } from "../env";
import { endSessions } from "../sessions/end";
import { readVisit } from "../visit";
import { authCookies, signedOutCookie } from "./cookies";
import { findViewer } from "./viewer";

/** Ends this browser's session, on the server first, and notes that nobody is to be signed in silently now. (S15, S27) */
export async function signOut(): Promise<void> {
  const viewer = await findViewer();
  if (viewer) await endOwn(viewer.session.id, viewer);
  const jar = await cookies();
  jar.delete({ ...authCookies().sessionToken.options, name: authCookies().sessionToken.name });
  const { name, options } = signedOutCookie();
  jar.set(name, "1", { ...options, maxAge: 365 * 86_400 });
}

async function endOwn(idHash: string, { corpId, userId }: { corpId: string; userId: string }): Promise<void> {
  const visit = readVisit(await headers(), env().TRUSTED_PROXY_COUNT);
  const handle = await db();
  await handle.transaction(async (change) => {
    await endSessions(change, { idHash }, "signed_out");
    await recordEvent(change, { kind: "signed_out", corpId, userId, visit });
  });
}
