import { z } from "zod";
import { safeReturnTo } from "@/lib/http/return-to";
import { parseRefusal, type Refusal } from "@/lib/refusals";

const text = z.string().nullable().catch(null);
// The page shows the reference, so a link must not be able to put a sentence there. (S38)
const referenceText = z
  .string()
  .regex(/^[\w-]{4,40}$/)
  .nullable()
  .catch(null);
const seconds = z.coerce.number().int().min(1).max(3600).catch(60);
const isGiven = z
  .literal("1")
  .transform(() => true)
  .catch(false);
const address = { returnTo: text, corpId: text };
const schema = z.object({ again: isGiven, error: text, reference: referenceText, seconds, ...address });

export type LoginQuery = {
  refusal: Refusal | null;
  reference: string | null;
  /** How long to wait after too many requests. */
  waitSeconds: number;
  returnTo: string;
  askedCorpId: string | null;
  /** A dangerous act asked for a new sign-in. */
  signsInAgain: boolean;
};

/** Reads the query of the sign-in page's address. */
export function readLoginQuery(query: unknown): LoginQuery {
  const { again, error, reference, seconds: waitSeconds, returnTo, corpId } = schema.parse(query);
  return {
    refusal: error === null ? null : parseRefusal(error),
    reference,
    waitSeconds,
    returnTo: safeReturnTo(returnTo),
    askedCorpId: readCorpId(corpId) ?? readCorpId(corpIdIn(returnTo)),
    signsInAgain: again,
  };
}

/** DingTalk replaces `$CORPID$` only when the app is opened from the workbench. Elsewhere it arrives unreplaced. */
function readCorpId(value: string | null): string | null {
  return value === "" || value === "$CORPID$" ? null : value;
}

/** The app's home address may name the organisation too. It arrives here as the page to return to. */
function corpIdIn(returnTo: string | null): string | null {
  return new URL(safeReturnTo(returnTo), "http://here.invalid").searchParams.get("corpId");
}
