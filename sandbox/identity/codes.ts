import { randomBytes } from "node:crypto";
import { isExpired, secondsFromNow } from "../clock";
import { type Person } from "../company/person";
import { type Code, type CodeKind } from "../records";
import { type Store } from "../store";

/** A one-time code as if that person had consented (auth) or opened the app (silent). */
export function mintCode(store: Store, person: Person, terms: Partial<Code> & { kind: CodeKind }): string {
  const value = randomBytes(16).toString("hex");
  store.codes.set(value, {
    userid: person.userid,
    clientId: store.options.clientId,
    corpId: corpOf(store, person),
    scope: "openid",
    expiresAt: secondsFromNow(store, store.settings.codeLifeSeconds),
    ...terms,
  });
  return value;
}

/**
 * Consumes the code. The answer is null when the code is unknown, used, expired, of the other kind, of another app or of
 * another company; DingTalk does not say which. A code sent to the endpoint of the other kind stays valid for its own.
 */
export function consumeCode(store: Store, value: string, expected: Partial<Code>): Code | null {
  const code = store.codes.get(value);
  if (!code) return null;
  if (code.kind !== expected.kind || code.clientId !== expected.clientId) return null;
  if (expected.corpId && code.corpId !== expected.corpId) return null;
  store.codes.delete(value);
  return isExpired(store, code) ? null : code;
}

/** The company a person signs in with: ours for members, contacts and leavers, their own for outsiders. */
export function corpOf(store: Store, person: Person): string {
  return person.membership === "outsider" ? "dingelsewhere0corp000001" : store.options.corpId;
}
