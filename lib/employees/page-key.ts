import { z } from "zod";

/** Where a page of employees ended: the key of its last row. */
export type PageKey = { lastSeen: Date; userId: string };

const schema = z.tuple([z.number().int(), z.string().max(64)]);

/** A page key as it stands in an address. */
export function writePageKey({ lastSeen, userId }: PageKey): string {
  return Buffer.from(JSON.stringify([lastSeen.getTime(), userId])).toString("base64url");
}

/** Reads it back; null for anything else, which shows the first page. */
export function readPageKey(value: string): PageKey | null {
  try {
    const [time, userId] = schema.parse(JSON.parse(Buffer.from(value, "base64url").toString()));
    return { lastSeen: new Date(time), userId };
  } catch {
    return null;
  }
}
