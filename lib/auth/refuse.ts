import { recordEvent } from "../audit";
import { db } from "../db/client";
import { log } from "../log";
import { createReference } from "../secrets";
import { ownCorpId } from "../services";
import type { WayIn } from "../sessions/way-in";
import type { Visit } from "../visit";
import type { Refusal } from "./refusals";

export type Refused = { refused: Refusal; reference: string };

type Occasion = { refusal: Refusal; wayIn: WayIn; visit: Visit; userId?: string; cause?: unknown };

/** Turns somebody away: the cause goes to the log and the audit trail under the number that the page shows. (S37, S38) */
export async function refuse({ refusal, wayIn, visit, userId, cause }: Occasion): Promise<Refused> {
  const reference = createReference();
  log().warn({ reference, refusal, wayIn, ip: visit.ip, err: cause }, "sign-in refused");
  try {
    await recordEvent(await db(), {
      kind: "refused",
      corpId: ownCorpId(),
      userId,
      wayIn,
      reason: refusal,
      reference,
      visit,
    });
  } catch (error) {
    log().error({ reference, err: error }, "refusal not recorded");
  }
  return { refused: refusal, reference };
}

/** The address of the sign-in page that explains a refusal. */
export function refusalAddress({ refused, reference }: Refused, returnTo?: string): string {
  return `/login?${new URLSearchParams({ error: refused, reference, ...(returnTo && { returnTo }) })}`;
}
