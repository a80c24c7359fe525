import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type ClientInfo } from "../http/client-info";
import { endSessions } from "./end";

type Own = { idHash: string; corpId: string; userId: string };

/** Ends the session in which somebody asks to sign out, together with the event that tells of it. */
export async function endAtOwnWish({ idHash, corpId, userId }: Own, client: ClientInfo): Promise<void> {
  const handle = await db();
  await handle.transaction(async (change) => {
    const ended = await endSessions(change, { idHash }, "signed_out");
    if (ended > 0) await recordEvent(change, { kind: "signed_out", corpId, userId, client });
  });
}
