import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type Overview } from "@/lib/statistics/overview";
import { StackedBars } from "../charts/stacked-bars";
import { linkLook } from "../ui/button";
import { Nothing, Panel } from "./panel";

/** From the bottom of the bars. A method has its colour everywhere. */
const series = [
  { name: "silent", look: "fill-silent", dot: "bg-silent" },
  { name: "ticket", look: "fill-ticket", dot: "bg-ticket" },
  { name: "frame", look: "fill-frame", dot: "bg-frame" },
  { name: "redirect", look: "fill-redirect", dot: "bg-redirect" },
] as const;

type Day = Overview["activity"]["days"][number];
type Props = { days: Day[]; words: Words };

/** How many signed in on each day, and how. */
export function SignIns({ days, words }: Props) {
  const { signIns, today } = words.overview;
  const number = (value: number) => value.toLocaleString(words.language);
  const labels = days.map(({ day }, index) => (index === days.length - 1 ? today : shortDay(day)));
  const totals = days.map(totalOf);
  const count = totals.reduce((sum, total) => sum + total, 0);
  const most = Math.max(...totals);
  const span = { days: days.length, count: number(count) };
  const finding = fill(signIns.finding, { ...span, day: labels[totals.indexOf(most)] ?? "", most: number(most) });
  return (
    <Panel title={signIns.title} note={fill(signIns.total, span)} look="lg:col-span-2 lg:row-span-2">
      {count === 0 ? (
        <Nothing>{signIns.none}</Nothing>
      ) : (
        <>
          <Legend days={days} words={words} />
          <StackedBars
            bars={days.map(({ methods }, index) => ({ label: labels[index] ?? "", values: methods }))}
            series={series}
            finding={finding}
            formatNumber={number}
          />
          <DayTable days={days} labels={labels} words={words} />
        </>
      )}
    </Panel>
  );
}

function Legend({ days, words }: Props) {
  return (
    <ul className="mb-5 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {series.map(({ name, dot }) => (
        <li key={name} className="flex items-baseline gap-2">
          <span aria-hidden="true" className={`size-2.5 rounded-[3px] ${dot}`} />
          <span className="text-muted">{words.people.method[name]}</span>
          <b className="font-semibold">
            {days.reduce((sum, { methods }) => sum + methods[name], 0).toLocaleString(words.language)}
          </b>
        </li>
      ))}
    </ul>
  );
}

function DayTable({ days, labels, words }: Props & { labels: string[] }) {
  const { signIns } = words.overview;
  const cell = "py-1.5 pr-4 text-right font-normal first:text-left last:pr-0";
  return (
    <details className="mt-4 text-sm">
      <summary className={`${linkLook} w-max`}>{signIns.table}</summary>
      <section
        aria-label={signIns.title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        className="mt-3 overflow-x-auto"
      >
        <table className="w-full">
          <thead className="text-muted">
            <tr>
              {[signIns.day, ...series.map(({ name }) => words.people.method[name]), signIns.sum].map((column) => (
                <th key={column} scope="col" className={cell}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {days.map((day, index) => (
              <tr key={day.day}>
                <th scope="row" className={cell}>
                  {labels[index]}
                </th>
                {[...series.map(({ name }) => day.methods[name]), totalOf(day)].map((value, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
                  <td key={column} className={cell}>
                    {value.toLocaleString(words.language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function totalOf({ methods }: Day): number {
  return Object.values(methods).reduce((sum, count) => sum + count, 0);
}

/** "2026-11-23" as "11/23". */
function shortDay(day: string): string {
  return day.split("-").slice(1).map(Number).join("/");
}
