import { randomBytes } from "node:crypto";
import { isExpired, secondsFromNow } from "../clock";
import { type Code, type CorpToken, type UserToken } from "../records";
import { type Permission } from "../settings";
import { type Store } from "../store";

/**
 * Renews the current corp token, or issues one when there is none; DingTalk's four endpoints share it. A token has only the
 * permissions that were granted when it was issued, so a permission granted since then leads to a new token.
 */
export function issueCorpToken(store: Store): CorpToken {
  const current = [...store.corpTokens.values()].find(
    (token) => !isExpired(store, token) && hasAllGranted(store, token),
  );
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
  const token = current ?? { userid, scope, corpId, value: newSecret(), refreshToken: newSecret(), expiresAt: 0 };
  token.expiresAt = tokenExpiry(store);
  store.userTokens.set(token.value, token);
  return token;
}

/** A new pair for a refresh token, which is invalid from then on; null when it is unknown. */
export function refreshUserToken(store: Store, refreshToken: string): UserToken | null {
  const old = [...store.userTokens.values()].find((token) => token.refreshToken === refreshToken);
  if (!old) return null;
  store.userTokens.delete(old.value);
  const token = { ...old, value: newSecret(), refreshToken: newSecret(), expiresAt: tokenExpiry(store) };
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
}

function hasAllGranted(store: Store, token: CorpToken): boolean {
  return store.settings.permissions.every((permission) => token.permissions.includes(permission));
}

function tokenExpiry(store: Store): number {
  return secondsFromNow(store, store.settings.tokenLifeSeconds);
}

function newSecret(): string {
  return randomBytes(16).toString("hex");
}
