import { randomBytes } from "node:crypto";
import { isExpired, secondsFromNow } from "../clock";
import { type Person } from "../company/people";
import { type Code, type CodeKind, type CorpToken, type UserToken } from "../records";
import { type Permission } from "../settings";
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

/**
 * Renews the current corp token, or issues one when there is none or a new one is asked for; DingTalk's endpoints share it. A
 * token has only the permissions that were granted when it was issued, so a permission granted since then leads to a new one.
 */
export function issueCorpToken(store: Store, { isNew = false } = {}): CorpToken {
  const current = isNew ? undefined : [...store.corpTokens.values()].find((token) => isCurrent(store, token));
  const token = current ?? { value: newSecret(), permissions: store.settings.permissions, expiresAt: 0 };
  token.expiresAt = tokenExpiry(store);
  store.corpTokens.set(token.value, token);
  return token;
}

export function findCorpToken(store: Store, value: string): CorpToken | null {
  const token = store.corpTokens.get(value);
  return token && !isExpired(store, token) ? token : null;
}

/** A second code of the same person and scope renews the same token. */
export function issueUserToken(store: Store, { userid, scope, corpId }: Code): UserToken {
  const current = [...store.userTokens.values()].find((token) => {
    return token.userid === userid && token.scope === scope && token.corpId === corpId && !isExpired(store, token);
  });
  const terms = { userid, scope, corpId };
  if (!current) return addUserToken(store, terms);
  return Object.assign(current, userTokenExpiry(store));
}

/** A new pair for a refresh token, which is invalid from then on; null when it is unknown or expired. */
export function refreshUserToken(store: Store, refreshToken: string): UserToken | null {
  const old = [...store.userTokens.values()].find((token) => token.refreshToken === refreshToken);
  if (!old) return null;
  store.userTokens.delete(old.value);
  if (isExpired(store, { expiresAt: old.refreshExpiresAt })) return null;
  const { userid, scope, corpId } = old;
  return addUserToken(store, { userid, scope, corpId });
}

function addUserToken(store: Store, terms: Pick<UserToken, "userid" | "scope" | "corpId">): UserToken {
  const token = { ...terms, value: newSecret(), refreshToken: newSecret(), ...userTokenExpiry(store) };
  store.userTokens.set(token.value, token);
  return token;
}

export function findUserToken(store: Store, value: string): UserToken | null {
  const token = store.userTokens.get(value);
  return token && !isExpired(store, token) ? token : null;
}

/** A revoked permission takes effect at once, a granted one only with a token issued after it. */
export function isGranted(store: Store, token: CorpToken, permission: Permission): boolean {
  return store.settings.permissions.includes(permission) && token.permissions.includes(permission);
}

export function revokeTokens(store: Store): void {
  store.corpTokens.clear();
  store.userTokens.clear();
  store.jsapiTicket = null;
}

function isCurrent(store: Store, token: CorpToken): boolean {
  if (isExpired(store, token)) return false;
  return store.settings.permissions.every((permission) => token.permissions.includes(permission));
}

function userTokenExpiry(store: Store) {
  const refreshExpiresAt = secondsFromNow(store, store.settings.refreshLifeSeconds);
  return { expiresAt: tokenExpiry(store), refreshExpiresAt };
}

function tokenExpiry(store: Store): number {
  return secondsFromNow(store, store.settings.tokenLifeSeconds);
}

export function newSecret(): string {
  return randomBytes(16).toString("hex");
}
