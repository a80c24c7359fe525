import { z } from "zod";

// DingTalk's documents and its answers disagree on types; these fields accept what either of them sends.

const blank = z.literal("").transform(() => null);

// Bare `unknown` would insist that the field is there.
const anything = z.unknown().optional();

// A nickname cut in the middle of an emoji leaves half a surrogate pair, which no database stores as JSON; nor a NUL.
function clean(text: string): string {
  return text.replace(/\p{Cs}/gu, "").replaceAll("\u0000", "");
}

const words = z.union([z.string(), z.number().transform(String)]).transform(clean);

/** Text that must be there. */
export const text = words.pipe(z.string().min(1));

/** Text or null; anything that is no text counts as absent, for no sign-in hangs on it. */
export const optionalText = words.transform((value) => value || null).catch(null);

/** A token, fit for a header. */
export const token = z.string().regex(/^[\x21-\x7e]+$/);

/** A whole number, also as text. */
export const whole = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .pipe(z.number().int());

/** A whole number or null. */
export const optionalWhole = z
  .union([blank, whole])
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** A yes or no that must be there, also as text: what decides admission is never guessed. */
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);

/** A yes, or no when absent. */
export const optionalFlag = z
  .union([blank, flag])
  .nullish()
  .transform((value) => value ?? false);

/** Seconds a token lives; DingTalk has answered 0 and nothing at all, where 7200 was meant. */
export const lifetime = anything.transform((value) => {
  const seconds = whole.safeParse(value);
  return seconds.success && seconds.data > 0 ? seconds.data : 7200;
});

/** A list of what can be read; the documents' samples show a single item bare. */
export function list<Item>(item: z.ZodType<Item>) {
  return anything.transform((value) => {
    const read = (Array.isArray(value) ? value : [value]).map((one) => item.safeParse(one));
    return read.flatMap(({ success, data }) => (success ? [data] : []));
  });
}

/** Free fields by name, as an object or as JSON in a text; what cannot be read is left out. */
export const extension = anything.transform((value) => {
  const entries = Object.entries(record.parse(typeof value === "string" ? parseJson(value) : value));
  const readable = entries.flatMap(([key, entry]) =>
    isPlain(entry) ? [[clean(key), clean(String(entry))] as const] : [],
  );
  return Object.fromEntries(readable);
});

const record = z.record(z.string(), z.unknown()).catch({});

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
