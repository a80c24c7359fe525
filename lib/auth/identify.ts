import { type Employee } from "../dingtalk/employee";
import { DingTalkError } from "../dingtalk/errors";
import { type UnionId, type UserId } from "../dingtalk/identity";
import { fetchEmployee } from "../employees/refresh";
import { deactivateEmployee, findEmployee, isWithinGrace } from "../employees/store";
import { type ClientInfo } from "../http/client-info";
import { type Refusal } from "../refusals";
import { dingtalk, ownCorpId } from "../services";
import { redeemTicket, type TicketCredentials } from "../tickets/ticket";
import { consumeOnce } from "./consume-once";
import { consumeOAuthState, type OAuthState } from "./oauth-state";

/**
 * Who stands behind a code, as proven by DingTalk. `isFresh`: DingTalk described the employee just now. `approvedFrom`: the
 * phone that approved a ticket.
 */
export type Identity = { employee: Employee; isFresh: boolean; approvedFrom?: ClientInfo };

/** A refusal names the employee where DingTalk or our record has identified one. */
export type Identified = Identity | { refusal: Refusal; userId?: UserId };

/** What DingTalk's redirect brings: a code, or `isDenied` when the person declined. */
export type OAuthCallback = { state: OAuthState; code: string | null; isDenied: boolean };

/**
 * By an auth code from DingTalk's login page. That the code can be exchanged proves nothing, since every DingTalk account can sign
 * in there, so membership is asked with the company's own token. (S10, S11)
 * https://open.dingtalk.com/document/development/obtain-user-token
 */
export async function identifyByAuthCode({ state, code, isDenied }: OAuthCallback): Promise<Identified> {
  const used = await consumeOAuthState(state, code);
  if (used.has("state")) return { refusal: "state_mismatch" };
  if (isDenied) return { refusal: "denied" };
  if (!code) return { refusal: "bad_request" };
  if (used.has("auth code")) return { refusal: "code_used" };
  const token = await dingtalk().exchangeAuthCode(code);
  if (token.corpId !== null && token.corpId !== ownCorpId()) return { refusal: "outsider" };
  const { unionId } = await dingtalk().getContact(token.accessToken);
  const known = await findEmployee({ unionId });
  return (known && (await checkKnown(known.employee))) ?? findMember(unionId, known?.employee ?? null);
}

/**
 * By a silent code from the bridge. DingTalk gives one only to members and says whose it is, so a known employee needs no
 * second call: the record is refreshed after the response, unless it is too old to start a session with. (S26)
 * https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free
 */
export async function identifyBySilentCode(code: string): Promise<Identified> {
  const used = await consumeOnce({ "silent code": code });
  if (used.size > 0) return { refusal: "code_used" };
  const { userId, unionId } = await dingtalk().resolveSilentCode(code);
  const known = await findEmployee({ userId });
  // A company may assign a userId again; then the stored record is another person's. (S9)
  const isSame = unionId === null || unionId === known?.employee.unionId;
  if (known?.active && isSame && isWithinGrace(known)) return { employee: known.employee, isFresh: false };
  return requireActive(await fetchEmployee(userId, "sign_in"), known?.employee ?? null);
}

/** By a ticket that a phone approved: the employee who is signed in through DingTalk there. (S19) */
export async function identifyByTicket(credentials: TicketCredentials): Promise<Identified> {
  const redeemed = await redeemTicket(credentials);
  if (!redeemed) return { refusal: "ticket_expired" };
  const known = await findEmployee({ userId: redeemed.userId });
  if (!known?.active) return { refusal: "leaver", userId: redeemed.userId };
  return { employee: known.employee, isFresh: false, approvedFrom: redeemed.approvedFrom };
}

/** Saves the call for membership: the record itself says whether the person is still the same. Null when it is not. */
async function checkKnown(known: Employee): Promise<Identified | null> {
  const employee = await fetchEmployee(known.userId, "sign_in");
  return employee?.unionId === known.unionId ? requireActive(employee, known) : null;
}

async function findMember(unionId: UnionId, known: Employee | null): Promise<Identified> {
  const member = await findByUnionId(unionId);
  if (!member) return requireActive(null, known);
  if (member.contactType === "external") return { refusal: "external_contact" };
  const employee = await fetchEmployee(member.userId, "sign_in");
  if (employee && employee.unionId !== unionId) return { refusal: "outsider" };
  return requireActive(employee, known);
}

async function findByUnionId(unionId: UnionId) {
  try {
    return await dingtalk().findByUnionId(unionId);
  } catch (error) {
    if (error instanceof DingTalkError && error.reason === "not_member") return null;
    throw error;
  }
}

/** Refuses a leaver, and revokes the sessions that they still have in other browsers. (S26) */
async function requireActive(employee: Employee | null, known: Employee | null): Promise<Identified> {
  if (employee?.active) return { employee, isFresh: true };
  if (known) await deactivateEmployee(known.userId);
  const userId = (employee ?? known)?.userId;
  return userId ? { refusal: "leaver", userId } : { refusal: "outsider" };
}
