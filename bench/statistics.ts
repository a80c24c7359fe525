/** The summary of repeated measurements of one thing. The distance of min and max from the median shows the noise. */
export type Spread = { count: number; min: number; median: number; max: number };

/**
 * Runs each subject once per round and collects its results. Each round starts with another subject, so that none is always
 * first. No round starts after `maxMs`, so a busy machine runs fewer.
 */
export async function interleave(
  { rounds, maxMs }: { rounds: number; maxMs: number },
  subjects: Record<string, () => Promise<number>>,
): Promise<(subject: string) => Spread> {
  const order = Object.entries(subjects);
  const values = new Map<string, number[]>(order.map(([subject]) => [subject, []]));
  const deadline = Date.now() + maxMs;
  for (let round = 0; round < rounds && Date.now() < deadline; round += 1) {
    const first = round % order.length;
    for (const [subject, measure] of [...order.slice(first), ...order.slice(0, first)]) {
      values.get(subject)?.push(await measure());
    }
  }
  return (subject) => summarize(values.get(subject) ?? []);
}

function summarize(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted.at(Math.round(share * (sorted.length - 1))) ?? Number.NaN;
  return { count: values.length, min: at(0), median: at(0.5), max: at(1) };
}
