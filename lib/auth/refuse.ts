import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type ClientInfo } from "../http/client-info";
import { log } from "../log";
import { type Refusal } from "../refusals";
import { createReference } from "../secrets";
import { ownCorpId } from "../services";
import { type SignInMethod } from "../sign-in-method";

export type Refused = { refused: Refusal; reference: string };

type Occasion = { refusal: Refusal; method: SignInMethod; client: ClientInfo; userId?: string; cause?: unknown };

/** Turns somebody away: the cause goes to the log and the audit trail under the number that the page shows. (S37, S38) */
export async function refuse({ refusal, method, client, userId, cause }: Occasion): Promise<Refused> {
  const reference = createReference();
  log().warn({ reference, refusal, method, ip: client.ip, err: cause }, "sign-in refused");
  try {
    await recordEvent(await db(), {
      kind: "refused",
      corpId: ownCorpId(),
      userId,
      method,
      reason: refusal,
      reference,
      client,
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
