import { z } from "zod";
import { userIdSchema } from "../dingtalk/identity";

/** Where a page of employees ended: the key of its last row. */
export type PageKey = { lastSeen: Date; userId: string };

/** The end of the year 9999: what follows is a date to JavaScript, but written in a way that databases do not read. */
const latestMs = 253_402_300_799_999;
const schema = z.tuple([z.number().int().min(0).max(latestMs), userIdSchema]);

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
