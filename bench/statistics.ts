/** What a few measurements of one thing say; the distance of min and max from the middle is the noise. */
export type Spread = { count: number; min: number; median: number; max: number };

/**
 * Runs each subject once a round and gathers what it answers; every round begins with another one, so that none is always
 * first. A machine that is too busy for all rounds in `mostMs` gets through fewer.
 */
export async function interleave(
  { rounds, mostMs }: { rounds: number; mostMs: number },
  subjects: Record<string, () => Promise<number>>,
): Promise<(subject: string) => Spread> {
  const order = Object.entries(subjects);
  const found = new Map<string, number[]>(order.map(([subject]) => [subject, []]));
  const deadline = Date.now() + mostMs;
  for (let round = 0; round < rounds && Date.now() < deadline; round += 1) {
    const first = round % order.length;
    for (const [subject, measure] of [...order.slice(first), ...order.slice(0, first)]) {
      found.get(subject)?.push(await measure());
    }
  }
  return (subject) => spreadOf(found.get(subject) ?? []);
}

function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted.at(Math.round(share * (sorted.length - 1))) ?? Number.NaN;
  return { count: values.length, min: at(0), median: at(0.5), max: at(1) };
}
