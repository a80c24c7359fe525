import { z } from "zod";

/** Where a page of a list ended, when the list is ordered by a time and then by an id: the key of its last row. */
export type PageKey = { at: Date; id: string };

/** The end of the year 9999: JavaScript writes later dates in a form that databases do not read. */
const latestMs = 253_402_300_799_999;
/** What PostgreSQL stores as text. */
const storable = /^[^\p{Cc}\p{Cs}]{1,64}$/u;
const schema = z.tuple([z.number().int().min(0).max(latestMs), z.string().regex(storable)]);

/** Encodes a page key for an address. */
export function writePageKey({ at, id }: PageKey): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString("base64url");
}

/** Decodes a page key; null for any other text, which leads to the first page. */
export function readPageKey(value: string | null): PageKey | null {
  try {
    const [time, id] = schema.parse(JSON.parse(Buffer.from(value ?? "", "base64url").toString()));
    return { at: new Date(time), id };
  } catch {
    return null;
  }
}
