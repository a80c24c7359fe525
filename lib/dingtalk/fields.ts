import { z } from "zod";

// DingTalk's documents and its responses disagree on types. These fields accept both.

const emptyText = z.literal("").transform(() => null);

// `z.unknown()` alone requires the field to be present.
const anything = z.unknown().optional();

// A nickname cut inside an emoji leaves an unpaired surrogate. Databases store neither that nor a NUL as JSON.
function clean(value: string): string {
  return value.replace(/\p{Cs}/gu, "").replaceAll("\u0000", "");
}

const textLike = z.union([z.string(), z.number().transform(String)]).transform(clean);

/** Required text. */
export const text = textLike.pipe(z.string().min(1));

/** Text or null. Any other value counts as absent, because no sign-in depends on it. */
export const optionalText = textLike.transform((value) => value || null).catch(null);

/** A token that fits in a header. */
export const token = z.string().regex(/^[\x21-\x7e]+$/);

const integerText = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number);

/** A required integer, as a number or as text. */
export const integer = z.union([z.number(), integerText]).pipe(z.number().int());

/** An integer or null. */
export const optionalInteger = z
  .union([emptyText, integer])
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** A required boolean, as a boolean or as text. A value that decides on a sign-in is never guessed. */
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);

/** A boolean, false when absent. */
export const optionalFlag = z
  .union([emptyText, flag])
  .nullish()
  .transform((value) => value ?? false);

/** The lifetime of a token in seconds. DingTalk sometimes answers 0 or nothing where it means 7200. */
export const lifetimeSeconds = anything.transform((value) => {
  const seconds = integer.safeParse(value);
  return seconds.success && seconds.data > 0 ? seconds.data : 7200;
});

/** A list without its unreadable items. DingTalk's samples show a single item without a list around it. */
export function list<Item>(item: z.ZodType<Item>) {
  return anything.transform((value) => {
    const items = Array.isArray(value) ? value : [value];
    return items.flatMap((candidate) => {
      const { success, data } = item.safeParse(candidate);
      return success ? [data] : [];
    });
  });
}

const record = z.record(z.string(), z.unknown()).catch({});

/** Custom fields by name, from an object or from JSON text. Unreadable fields are left out. */
export const extension = anything.transform((value): Record<string, string> => {
  const entries = Object.entries(record.parse(typeof value === "string" ? parseJson(value) : value));
  const readable = entries.filter(([, entry]) => ["string", "number", "boolean"].includes(typeof entry));
  return Object.fromEntries(readable.map(([name, entry]) => [clean(name), clean(String(entry))]));
});

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
