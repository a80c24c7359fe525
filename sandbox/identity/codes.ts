import { randomBytes } from "node:crypto";
import { type Person } from "../company/person";
import { now, type Store } from "../store";

export type CodeKind = "auth" | "silent";

export type Code = {
  kind: CodeKind;
  userid: string;
  clientId: string;
  corpId: string;
  scope: string;
  expiresAt: number;
};

/** A one-time code as if that person had consented (auth) or opened the app (silent). */
export function mintCode(store: Store, person: Person, terms: Partial<Code> & { kind: CodeKind }): string {
  const value = randomBytes(16).toString("hex");
  store.codes.set(value, {
    userid: person.userid,
    clientId: store.options.clientId,
    corpId: corpOf(store, person),
    scope: "openid",
    expiresAt: now(store) + store.settings.codeLifeSeconds * 1000,
    ...terms,
  });
  return value;
}

/**
 * Takes the code out of circulation, or answers null: unknown, spent, expired, of the other kind, of another app or company.
 * DingTalk does not say which of these it was, and a code offered at the wrong door stays good for the right one.
 */
export function spendCode(store: Store, value: string, asked: Partial<Code>): Code | null {
  const code = store.codes.get(value);
  if (!code) return null;
  if (code.kind !== asked.kind || code.clientId !== asked.clientId) return null;
  if (asked.corpId && code.corpId !== asked.corpId) return null;
  store.codes.delete(value);
  return code.expiresAt > now(store) ? code : null;
}

/** The company a person signs in with: ours for members, contacts and leavers, their own for everyone else. */
export function corpOf(store: Store, person: Person): string {
  return person.membership === "outsider" ? "dingelsewhere0corp000001" : store.options.corpId;
}
