import { z } from "zod";

/** Where a page of a list ended, when the list is ordered by a time and then by an id: the key of its last row. */
export type PageKey = { at: Date; id: string };

/** The same for a list that is ordered by a text. */
export type TextKey = { text: string; id: string };

/** The end of the year 9999: JavaScript writes later dates in a form that databases do not read. */
const latestMs = 253_402_300_799_999;
/** What PostgreSQL stores as text. */
const idSchema = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u);
const timeSchema = z.tuple([z.number().int().min(0).max(latestMs), idSchema]);
const textSchema = z.tuple([z.string().regex(/^[^\p{Cc}\p{Cs}]{0,200}$/u), idSchema]);

/** Encodes a page key for an address. */
export function writePageKey({ at, id }: PageKey): string {
  return encode([at.getTime(), id]);
}

/** Decodes a page key; null for any other text, which leads to the first page. */
export function readPageKey(value: string | null): PageKey | null {
  const key = timeSchema.safeParse(decode(value)).data;
  return key ? { at: new Date(key[0]), id: key[1] } : null;
}

export function writeTextKey({ text, id }: TextKey): string {
  return encode([text, id]);
}

export function readTextKey(value: string | null): TextKey | null {
  const key = textSchema.safeParse(decode(value)).data;
  return key ? { text: key[0], id: key[1] } : null;
}

function encode(key: [string | number, string]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

function decode(value: string | null): unknown {
  try {
    return JSON.parse(Buffer.from(value ?? "", "base64url").toString());
  } catch {
    return null;
  }
}
