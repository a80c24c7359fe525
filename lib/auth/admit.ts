import { after } from "next/server";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { learnQuietly, refreshQuietly } from "../employees/refresh";
import { saveEmployee } from "../employees/store";
import { type ClientInfo } from "../http/client-info";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { endSessions } from "../sessions/end";
import { findLiveSession } from "../sessions/live";
import { openSession } from "../sessions/open";
import { type SignInMethod } from "../sign-in-method";
import { explain } from "./explain";
import { type Identified, type Proven } from "./identify";
import { notifySignIn } from "./notify";
import { type Refused, refuse } from "./refuse";

export type Attempt = { method: SignInMethod; client: ClientInfo; previousSessionId: string | null };

export type Admission = { sessionId: string } | Refused;

/**
 * The one gate. Whoever `identify` proves to be an active employee gets a session, in one transaction with the record and
 * the audit event; everybody else, and every failure on the way, is refused with a reference number. (S8)
 */
export async function admit(attempt: Attempt, identify: () => Promise<Identified>): Promise<Admission> {
  try {
    const identified = await identify();
    if ("refused" in identified) return await refuse({ ...attempt, refusal: identified.refused });
    return await letIn(attempt, identified);
  } catch (error) {
    return refuse({ ...attempt, refusal: explain(error), cause: error });
  }
}

async function letIn(attempt: Attempt, proven: Proven): Promise<Admission> {
  const employee = "fresh" in proven ? proven.fresh : proven.known;
  const previous = attempt.previousSessionId ? await findLiveSession(attempt.previousSessionId) : null;
  const isSomebodyElse = previous !== null && previous.session.userId !== employee.userId;
  // Nobody acted in the silent way, so it must not put one person in another's place. (S14)
  if (isSomebodyElse && attempt.method === "silent")
    return refuse({ ...attempt, refusal: "other_person", userId: employee.userId });
  const handle = await db();
  const sessionId = await handle.transaction(async (change) => {
    if ("fresh" in proven) await saveEmployee(change, proven.fresh);
    return open(change, attempt, proven);
  });
  after(() => ("fresh" in proven ? learnQuietly(employee) : refreshQuietly(employee.userId)));
  if (attempt.method !== "silent") after(() => notifySignIn(employee.userId, attempt.client));
  return { sessionId };
}

async function open(change: Db, attempt: Attempt, proven: Proven): Promise<string> {
  const { method, client, previousSessionId } = attempt;
  const { userId } = "fresh" in proven ? proven.fresh : proven.known;
  const approvedFrom = "known" in proven ? proven.approvedFrom : undefined;
  const employee = { corpId: ownCorpId(), userId };
  if (previousSessionId) await endSessions(change, { idHash: hashSecret(previousSessionId) }, "replaced");
  await recordEvent(change, { kind: "signed_in", ...employee, method, client });
  return openSession(change, { ...employee, method, client, approvedFrom });
}
