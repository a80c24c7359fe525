import { z } from "zod";
import { type Wait } from "./sign-in-queue";

const path = "/login/wait";
const count = z.coerce.number().int().min(0).max(99_999);
const schema = z.object({ place: count, seconds: count.min(1) });

/** The address of the page that shows a place in the queue of sign-ins. It names no code: that is in the browser's cookie. */
export function waitAddress({ place, seconds }: Wait): string {
  return `${path}?${new URLSearchParams({ place: String(place), seconds: String(seconds) })}`;
}

/** The place and the seconds in the query of such an address; null when they are missing or no numbers. */
export function readWait(query: unknown): Wait | null {
  return schema.safeParse(query).data ?? null;
}

/** The place and the seconds of a whole address; null for any other address. */
export function parseWaitAddress(address: string): Wait | null {
  const [start, query] = address.split("?");
  return start === path ? readWait(Object.fromEntries(new URLSearchParams(query))) : null;
}
