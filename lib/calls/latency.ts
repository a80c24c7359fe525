/** Spans grow by a factor of 2^(1/4), so that a percentile is at most a fifth too long; the last one has no end. */
const perDoubling = 4;
export const spanCount = 56;

/** The span of a duration in milliseconds. */
export function spanOf(ms: number): number {
  if (ms <= 1) return 0;
  return Math.min(spanCount - 1, Math.ceil(Math.log2(ms) * perDoubling));
}

/** The longest duration of a span, in milliseconds. */
function endOf(span: number): number {
  return 2 ** (span / perDoubling);
}

/** The duration within which this part (0 to 1) of the calls ended, in milliseconds; null without calls. */
export function percentile(spans: number[], part: number): number | null {
  const total = spans.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  const span = spans.findIndex((count) => {
    seen += count;
    return seen >= total * part;
  });
  return Math.round(endOf(span));
}

/** Adds up the spans of several APIs or hours. */
export function addSpans(one: number[], other: number[]): number[] {
  return Array.from({ length: spanCount }, (_, span) => (one[span] ?? 0) + (other[span] ?? 0));
}
