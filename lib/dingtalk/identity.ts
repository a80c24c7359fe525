import { z } from "zod";

// Ids become part of paths and queries, so control characters, unpaired surrogates and the two dot segments are rejected.
const id = z.string().regex(/^(?!\.{1,2}$)[^\p{Cc}\p{Cs}]+$/u);

/** A person's id inside one organisation: 1 to 64 characters, never changed after creation. */
export const userIdSchema = id.max(64).brand<"UserId">();
export type UserId = z.infer<typeof userIdSchema>;

/** A person's id across the organisations of one developer. Another developer's app sees another value. */
export const unionIdSchema = id.max(128).brand<"UnionId">();
export type UnionId = z.infer<typeof unionIdSchema>;

/** An organisation's id. */
export const corpIdSchema = id.max(128).brand<"CorpId">();
export type CorpId = z.infer<typeof corpIdSchema>;

/** Returns the value as a user id, or null when it is not a valid one. */
export function parseUserId(value: unknown): UserId | null {
  return userIdSchema.safeParse(value).data ?? null;
}

/** Returns the value as a union id, or null when it is not a valid one. */
export function parseUnionId(value: unknown): UnionId | null {
  return unionIdSchema.safeParse(value).data ?? null;
}

/** Returns the value as a corp id, or null when it is not a valid one. */
export function parseCorpId(value: unknown): CorpId | null {
  return corpIdSchema.safeParse(value).data ?? null;
}
