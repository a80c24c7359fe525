import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";

export type Bar<Series extends string> = { label: string; values: Record<Series, number> };

type Props<Series extends string> = {
  bars: Bar<Series>[];
  /** From the bottom, each with the class of its colour. */
  series: readonly { name: Series; look: string }[];
  /** What the picture shows, in a sentence. */
  finding: string;
  formatNumber: (value: number) => string;
};

const height = 250;
const top = 10;
/** So much of the card shows between two parts of a bar. */
const gap = 1.5;
/** A single sign-in shows beside thousands. */
const least = 1;

/** Bars of several parts. Their widths are percentages, so that the text beside them keeps its size. */
export function StackedBars<Series extends string>({ bars, series, finding, formatNumber }: Props<Series>) {
  const names = series.map(({ name }) => name);
  const totals = bars.map(({ values }) => names.reduce((sum, name) => sum + values[name], 0));
  const y = scaleLinear([0, Math.max(4, ...totals)], [height, top]).nice(4);
  const ticks = y.ticks(3).filter(Number.isInteger);
  const x = scaleBand(
    bars.map((_bar, index) => index),
    [0, 100],
  )
    .paddingInner(0.3)
    .paddingOuter(0.1);
  const parts = stack<unknown, Bar<Series>, Series>()
    .keys(names)
    .value((bar, name) => bar.values[name])(bars);
  return (
    <figure role="img" aria-label={finding} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-xs">
      <svg aria-hidden="true" width="36" height={height} className="overflow-visible fill-muted">
        {ticks.map((tick) => (
          <text key={tick} x="36" y={y(tick)} dy="0.35em" textAnchor="end">
            {formatNumber(tick)}
          </text>
        ))}
      </svg>
      <svg aria-hidden="true" width="100%" height={height} className="overflow-visible">
        {ticks.map((tick) => (
          <line key={tick} x2="100%" y1={y(tick)} y2={y(tick)} className={tick === 0 ? "stroke-edge" : "stroke-line"} />
        ))}
        {parts.map((part, index) => (
          <g key={part.key} className={series[index]?.look}>
            {part.map(([from, to], bar) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
                key={bar}
                x={`${x(bar)}%`}
                width={`${x.bandwidth()}%`}
                y={y(to)}
                height={to > from ? Math.max(least, y(from) - y(to) - gap) : 0}
                rx={Math.min(2, (y(from) - y(to)) / 4)}
              />
            ))}
          </g>
        ))}
      </svg>
      <svg aria-hidden="true" width="100%" height="24" className="col-start-2 overflow-visible fill-muted">
        {bars.map(({ label }, bar) => (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
            key={bar}
            x={`${(x(bar) ?? 0) + x.bandwidth() / 2}%`}
            y="17"
            textAnchor="middle"
            className={`last:fill-ink last:font-semibold ${visibility(bar, bars.length)}`}
          >
            {label}
          </text>
        ))}
      </svg>
    </figure>
  );
}

/** Counted from the last bar, whose label is always there, as many labels as have room. */
function visibility(bar: number, count: number): string {
  const fromLast = count - 1 - bar;
  if (count <= 7) return "";
  if (count <= 14) return fromLast % 3 === 0 ? "" : "max-lg:hidden";
  if (fromLast % 6 === 0) return "";
  return fromLast % 3 === 0 ? "max-lg:hidden" : "hidden";
}
