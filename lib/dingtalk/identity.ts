import { z } from "zod";

// Identities end up in paths and queries, so control characters, half a surrogate pair and the two dot segments are refused.
const identity = z.string().regex(/^(?!\.{1,2}$)[^\p{Cc}\p{Cs}]+$/u);

/** A person inside one organisation: 1 to 64 characters, never changed after creation. */
export const userIdSchema = identity.max(64).brand<"UserId">();
export type UserId = z.infer<typeof userIdSchema>;

/** A person across the organisations of one developer; another developer's app sees another value. */
export const unionIdSchema = identity.max(128).brand<"UnionId">();
export type UnionId = z.infer<typeof unionIdSchema>;

/** An organisation. */
export const corpIdSchema = identity.max(128).brand<"CorpId">();
export type CorpId = z.infer<typeof corpIdSchema>;

/** The value as a user id, or null when it cannot be one. */
export function parseUserId(value: unknown): UserId | null {
  return userIdSchema.safeParse(value).data ?? null;
}

/** The value as a union id, or null when it cannot be one. */
export function parseUnionId(value: unknown): UnionId | null {
  return unionIdSchema.safeParse(value).data ?? null;
}

/** The value as a corp id, or null when it cannot be one. */
export function parseCorpId(value: unknown): CorpId | null {
  return corpIdSchema.safeParse(value).data ?? null;
}
