import { after } from "next/server";
import { eventPart } from "../audit/events";
import { type Db, db } from "../db/client";
import { type UserId } from "../dingtalk/identity";
import { refreshInBackground, refreshRelatedInBackground } from "../employees/refresh";
import { saveEmployee } from "../employees/store";
import { type ClientInfo } from "../http/client-info";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { createSession } from "../sessions/create";
import { noteSignIn } from "../sessions/new-device";
import { findLiveSession } from "../sessions/session";
import { type SignInMethod } from "../sign-in-method";
import { type Identified, type Identity } from "./identify";
import { notifySignIn } from "./notify";
import { type Refused, refusalFor, refuse } from "./refuse";

/** One try of one browser to sign in. */
export type Attempt = { method: SignInMethod; client: ClientInfo; previousSessionId: string | null };

export type SignInResult = { sessionId: string } | Refused;

/**
 * The one gate of every sign-in. An employee whom `identify` proves active gets a session, in one transaction with the
 * record and the audit event; everyone else, and every failure on the way, is refused with a reference. (S8)
 */
export async function admit(attempt: Attempt, identify: () => Promise<Identified>): Promise<SignInResult> {
  try {
    const identified = await identify();
    if ("refusal" in identified) return await refuse({ ...attempt, ...identified });
    return await signIn(attempt, identified);
  } catch (error) {
    return refuse({ ...attempt, refusal: refusalFor(error), cause: error });
  }
}

async function signIn(attempt: Attempt, identity: Identity): Promise<SignInResult> {
  const { employee, isFresh } = identity;
  const { userId } = employee;
  if (await isOfAnother(attempt, userId)) return refuse({ ...attempt, refusal: "other_person", userId });
  const { sessionId, isNew } = await db.transaction(async (tx) => {
    if (isFresh) await saveEmployee(tx, employee);
    return replaceSession(tx, attempt, identity);
  });
  after(() => (isFresh ? refreshRelatedInBackground(employee) : refreshInBackground(userId)));
  if (attempt.method !== "silent") after(() => notifySignIn({ userId, client: attempt.client, isNewDevice: isNew }));
  return { sessionId };
}

/** A silent sign-in is no act of a person, so it must not replace another employee's session. (S14) */
async function isOfAnother({ method, previousSessionId }: Attempt, userId: UserId): Promise<boolean> {
  if (method !== "silent" || !previousSessionId) return false;
  const previous = await findLiveSession(previousSessionId);
  return previous !== null && previous.session.userId !== userId;
}

/** A browser has one session: the new one ends the one before. (S23) */
async function replaceSession(tx: Db, attempt: Attempt, { employee, approvedFrom }: Identity) {
  const { method, client, previousSessionId } = attempt;
  const owner = { corpId: ownCorpId(), userId: employee.userId };
  const isNew = await noteSignIn(tx, owner, client);
  const replaces = previousSessionId && hashSecret(previousSessionId);
  const session = { ...owner, method, client, approvedFrom, isNewDevice: isNew, replaces };
  const sessionId = await createSession(tx, session, eventPart(tx, { kind: "signed_in", ...owner, method, client }));
  return { sessionId, isNew };
}
