import { currentClient } from "../http/client-info";
import { deleteCookie, writeCookie } from "../http/cookies";
import { endOnSignOut } from "../sessions/session";
import { findViewer } from "./viewer";

const markSeconds = 365 * 86_400;

/** Ends this browser's session, on the server first, and marks that no silent sign-in may follow by itself. (S15, S27) */
export async function signOut(): Promise<void> {
  const viewer = await findViewer();
  if (viewer) await endOnSignOut({ ...viewer, idHash: viewer.session.id, client: await currentClient() });
  await deleteCookie("session");
  await writeCookie("signed-out", "1", markSeconds);
}
