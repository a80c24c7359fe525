import { randomBytes } from "node:crypto";
import { allPermissions, type Permission } from "../settings";
import { now, type Store } from "../store";
import { type Code } from "./codes";

export type CorpToken = { value: string; permissions: Permission[]; expiresAt: number };

export type UserToken = {
  value: string;
  refreshToken: string;
  userid: string;
  scope: string;
  corpId: string;
  expiresAt: number;
};

/**
 * The same token, renewed, while one is alive; DingTalk's four endpoints share it. A token knows only the permissions that
 * were granted when it was made, so a grant in between makes a new one.
 */
export function issueCorpToken(store: Store): CorpToken {
  const alive = [...store.corpTokens.values()].find((token) => isAlive(store, token) && knowsAll(store, token));
  const token = alive ?? { value: newSecret(), permissions: store.settings.permissions, expiresAt: 0 };
  token.expiresAt = lifeEnd(store);
  store.corpTokens.set(token.value, token);
  return token;
}

export function findCorpToken(store: Store, value: string): CorpToken | null {
  const token = store.corpTokens.get(value);
  return token && isAlive(store, token) ? token : null;
}

/** Asking again for the same person and scope gives the same token, renewed. */
export function issueUserToken(store: Store, code: Code): UserToken {
  const alive = [...store.userTokens.values()].find((token) => isSameGrant(token, code) && isAlive(store, token));
  const token = alive ?? { ...grantOf(code), value: newSecret(), refreshToken: newSecret(), expiresAt: 0 };
  token.expiresAt = lifeEnd(store);
  store.userTokens.set(token.value, token);
  return token;
}

/** A new pair for the old refresh token, which is dead from then on; null when it is not known. */
export function refreshUserToken(store: Store, refreshToken: string): UserToken | null {
  const old = [...store.userTokens.values()].find((token) => token.refreshToken === refreshToken);
  if (!old) return null;
  store.userTokens.delete(old.value);
  const token = { ...old, value: newSecret(), refreshToken: newSecret(), expiresAt: lifeEnd(store) };
  store.userTokens.set(token.value, token);
  return token;
}

export function findUserToken(store: Store, value: string): UserToken | null {
  const token = store.userTokens.get(value);
  return token && isAlive(store, token) ? token : null;
}

/** A permission taken away counts at once; one newly granted only with a token made after it. */
export function isGranted(store: Store, token: CorpToken, permission: Permission): boolean {
  return store.settings.permissions.includes(permission) && token.permissions.includes(permission);
}

export function restorePermissions(store: Store): void {
  for (const token of store.corpTokens.values()) token.permissions = [...allPermissions];
}

export function revokeTokens(store: Store): void {
  store.corpTokens.clear();
  store.userTokens.clear();
}

function isAlive(store: Store, token: { expiresAt: number }): boolean {
  return token.expiresAt > now(store);
}

function knowsAll(store: Store, token: CorpToken): boolean {
  return store.settings.permissions.every((permission) => token.permissions.includes(permission));
}

function isSameGrant(token: UserToken, code: Code): boolean {
  return token.userid === code.userid && token.scope === code.scope && token.corpId === code.corpId;
}

function grantOf(code: Code) {
  return { userid: code.userid, scope: code.scope, corpId: code.corpId };
}

function lifeEnd(store: Store): number {
  return now(store) + store.settings.tokenLifeSeconds * 1000;
}

function newSecret(): string {
  return randomBytes(16).toString("hex");
}
