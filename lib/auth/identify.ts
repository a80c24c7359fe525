import { type Employee } from "../dingtalk/employee";
import { DingTalkError } from "../dingtalk/errors";
import { type UnionId } from "../dingtalk/identity";
import { fetchEmployee } from "../employees/refresh";
import { deactivateEmployee, findEmployee } from "../employees/store";
import { type ClientInfo } from "../http/client-info";
import { type Refusal } from "../refusals";
import { dingtalk, ownCorpId } from "../services";
import { redeemTicket, type TicketCredentials } from "../tickets/desktop";
import { consumeOnce } from "./consume-once";

/** Who stands behind a code: an employee as DingTalk describes it just now, one we know already, or nobody we let in. */
export type Identified = Proven | { refused: Refusal };

/** `approvedFrom`: where the phone was that vouched for a desktop. */
export type Proven = { fresh: Employee } | { known: Employee; approvedFrom?: ClientInfo };

/**
 * Behind an auth code from DingTalk's login page. That the code can be exchanged proves nothing: anybody with a DingTalk
 * account can log in there, so membership is asked with the company's own token. (S10, S11)
 * https://open.dingtalk.com/document/development/obtain-user-token
 */
export async function identifyByAuthCode({ state, code }: { state: string; code?: string }): Promise<Identified> {
  const usedBefore = await consumeOnce({ state, ...(code && { "auth code": code }) });
  if (usedBefore.has("state")) return { refused: "state_mismatch" };
  if (!code) return { refused: "bad_request" };
  if (usedBefore.has("auth code")) return { refused: "code_used" };
  const token = await dingtalk().exchangeAuthCode(code);
  if (token.corpId !== null && token.corpId !== ownCorpId()) return { refused: "outsider" };
  const { unionId } = await dingtalk().getContact(token.accessToken);
  const known = await findEmployee({ unionId });
  return (known && (await checkKnown(known.employee))) ?? findMember(unionId, known?.employee ?? null);
}

/**
 * Behind a silent code from the client. DingTalk gives one only to members and tells us who it is, so somebody known needs
 * no second call: the record is refreshed after the answer.
 * https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free
 */
export async function identifyBySilentCode(code: string): Promise<Identified> {
  const usedBefore = await consumeOnce({ "silent code": code });
  if (usedBefore.size > 0) return { refused: "code_used" };
  const { userId, unionId } = await dingtalk().resolveSilentCode(code);
  const known = await findEmployee({ userId });
  // A company may give a userId out again; then the record we have is somebody else's. (S9)
  const isSame = unionId === null || unionId === known?.employee.unionId;
  if (known?.active && isSame) return { known: known.employee };
  return judge(await fetchEmployee(userId), known?.employee ?? null);
}

/** Behind a ticket that a phone approved: the employee who came in through DingTalk there. (S19) */
export async function identifyByTicket(credentials: TicketCredentials): Promise<Identified> {
  const redeemed = await redeemTicket(credentials);
  if (!redeemed) return { refused: "ticket_expired" };
  const known = await findEmployee({ userId: redeemed.userId });
  return known?.active ? { known: known.employee, approvedFrom: redeemed.approvedFrom } : { refused: "leaver" };
}

/** Saves the call for membership: the record itself tells whether the person still is who we think. Null when it is not so. */
async function checkKnown(known: Employee): Promise<Identified | null> {
  const employee = await fetchEmployee(known.userId);
  return employee?.unionId === known.unionId ? judge(employee, known) : null;
}

async function findMember(unionId: UnionId, known: Employee | null): Promise<Identified> {
  const member = await findByUnionId(unionId);
  if (!member) return judge(null, known);
  if (member.contactType === "external") return { refused: "external_contact" };
  const employee = await fetchEmployee(member.userId);
  if (employee && employee.unionId !== unionId) return { refused: "outsider" };
  return judge(employee, known);
}

async function findByUnionId(unionId: UnionId) {
  try {
    return await dingtalk().findByUnionId(unionId);
  } catch (error) {
    if (error instanceof DingTalkError && error.reason === "not_member") return null;
    throw error;
  }
}

/** Whoever turns out to have left at this door is put out of every other browser too. (S26) */
async function judge(employee: Employee | null, known: Employee | null): Promise<Identified> {
  if (employee?.active) return { fresh: employee };
  if (known) await deactivateEmployee(known.userId);
  return { refused: employee || known ? "leaver" : "outsider" };
}
