import { scaleLinear } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";

/** Values at equal distances; null where there is none. */
export type Line = { values: (number | null)[]; look: string; isFilled?: boolean; isDashed?: boolean };

type Props = {
  lines: Line[];
  /** What the picture shows, in a sentence. */
  finding: string;
  height: number;
  /** A line across, such as a second. */
  mark?: number;
  /** Numbers at some of the places, drawn as dots below: failures. */
  dots?: number[];
};

/** The picture is stretched to its place, the strokes are not. */
const size = 100;

/** Lines over a span of time. */
export function Lines({ lines, finding, height, mark, dots }: Props) {
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const count = lines[0]?.values.length ?? 0;
  const x = scaleLinear([0, Math.max(1, count - 1)], [0, size]);
  const y = scaleLinear([0, Math.max(1, ...all) * 1.05], [size, 0]);
  return (
    <figure role="img" aria-label={finding}>
      <svg
        aria-hidden="true"
        width="100%"
        height={height}
        viewBox={`0 0 ${size} ${size}`}
        preserveAspectRatio="none"
        className="block overflow-visible fill-none [&_*]:[vector-effect:non-scaling-stroke]"
      >
        {mark !== undefined && y(mark) > 0 && <line x2={size} y1={y(mark)} y2={y(mark)} className="stroke-line" />}
        <line x2={size} y1={size} y2={size} className="stroke-edge" />
        {lines.map(({ values, look, isFilled, isDashed }) => (
          <g key={look} className={look}>
            {isFilled && <path d={fillOf(values, x, y)} className="fill-accent-soft stroke-none" />}
            <path
              d={strokeOf(values, x, y)}
              strokeWidth={isDashed ? 1.5 : 2}
              strokeDasharray={isDashed ? "4 3" : undefined}
            />
          </g>
        ))}
      </svg>
      {dots && <Dots dots={dots} />}
    </figure>
  );
}

/** The more, the larger. */
function Dots({ dots }: { dots: number[] }) {
  const most = Math.max(1, ...dots);
  return (
    <svg aria-hidden="true" width="100%" height="16" className="mt-1 block overflow-visible fill-bad">
      {dots.flatMap((count, place) => {
        const left = `${(place / Math.max(1, dots.length - 1)) * 100}%`;
        return count > 0 ? [<circle key={left} cx={left} cy="8" r={2 + 3 * Math.sqrt(count / most)} />] : [];
      })}
    </svg>
  );
}

type Scale = (value: number) => number;

function strokeOf(values: (number | null)[], x: Scale, y: Scale): string {
  const draw = line<number | null>(
    (_value, place) => x(place),
    (value) => y(value ?? 0),
  );
  const joined = draw.defined((value) => value !== null).curve(curveMonotoneX)(values) ?? "";
  const lone = values.map((value, place) =>
    isLone(values, place) ? `M${x(place - 0.4)},${y(value ?? 0)}H${x(place + 0.4)}` : "",
  );
  return joined + lone.join("");
}

/** Whether a line has no other value to join to this one, as in the first hour of an installation. */
function isLone(values: (number | null)[], place: number): boolean {
  const [before, here, after] = [place - 1, place, place + 1].map((at) => values[at] ?? null);
  return here !== null && before === null && after === null;
}

function fillOf(values: (number | null)[], x: Scale, y: Scale): string {
  const draw = area<number | null>(
    (_value, place) => x(place),
    y(0),
    (value) => y(value ?? 0),
  );
  return draw.defined((value) => value !== null).curve(curveMonotoneX)(values) ?? "";
}
