import { z } from "zod";

const results = ["approved", "declined", "wrong_number", "wait"] as const;
const schema = z.object({ result: z.enum(results).nullable().catch(null) });

/** What the action that just ran came to, read from the page's address. */
export function readResult(query: unknown): { step: "over"; end: (typeof results)[number] } | null {
  const { result } = schema.parse(query);
  return result && { step: "over", end: result };
}
