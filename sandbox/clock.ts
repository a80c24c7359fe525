import { type Store } from "./store";

/** The sandbox's only clock. The setting clockOffsetSeconds moves it. */
export function now(store: Store): number {
  return Date.now() + store.settings.clockOffsetSeconds * 1000;
}

export function secondsFromNow(store: Store, seconds: number): number {
  return now(store) + seconds * 1000;
}

export function isExpired(store: Store, record: { expiresAt: number }): boolean {
  return record.expiresAt <= now(store);
}
