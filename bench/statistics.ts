import { z } from "zod";

/** The summary of repeated measurements of one thing. `quantiles`, where kept, are 51 points of the distribution, 0 to 100 %. */
export const spreadSchema = z.object({
  count: z.number(),
  min: z.number(),
  p25: z.number(),
  median: z.number(),
  p75: z.number(),
  p95: z.number(),
  p99: z.number(),
  max: z.number(),
  quantiles: z.array(z.number()).optional(),
});

export type Spread = z.infer<typeof spreadSchema>;

/**
 * Runs each subject once per round and collects its results. Each round starts with another subject, so that none is always
 * first. No round starts after `maxMs`, so a busy machine runs fewer.
 */
export async function interleave<Subject extends string>(
  { rounds, maxMs }: { rounds: number; maxMs: number },
  subjects: Record<Subject, () => Promise<number>>,
): Promise<(subject: Subject) => Spread> {
  const order = Object.entries<() => Promise<number>>(subjects);
  const values = new Map<string, number[]>(order.map(([subject]) => [subject, []]));
  const deadline = Date.now() + maxMs;
  for (let round = 0; round < rounds && (round === 0 || Date.now() < deadline); round += 1) {
    const first = round % order.length;
    for (const [subject, measure] of [...order.slice(first), ...order.slice(0, first)]) {
      values.get(subject)?.push(await measure());
    }
  }
  return (subject) => summarize(values.get(subject) ?? []);
}

/** Summarizes measurements. Throws when there are none: an empty summary would pass every goal or fail it without a reason. */
export function summarize(values: number[]): Spread {
  if (values.length === 0) throw new Error("Nothing was measured.");
  const at = quantile(values);
  const [p25, p75, p95, p99] = [at(0.25), at(0.75), at(0.95), at(0.99)];
  return { count: values.length, min: at(0), p25, median: at(0.5), p75, p95, p99, max: at(1) };
}

/** Summarizes measurements and keeps their distribution, for a plot. */
export function summarizeWithQuantiles(values: number[]): Spread {
  const at = quantile(values);
  return { ...summarize(values), quantiles: Array.from({ length: 51 }, (_, step) => at(step / 50)) };
}

/** The measured value that no more than this share of the others exceeds: the nearest rank, never a value between two. */
function quantile(values: number[]): (share: number) => number {
  const sorted = values.toSorted((a, b) => a - b);
  return (share) => sorted.at(Math.max(0, Math.ceil(share * sorted.length) - 1)) ?? Number.NaN;
}
