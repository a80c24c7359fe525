import { type ReactNode } from "react";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type Overview } from "@/lib/statistics/overview";
import { Lines } from "../charts/lines";
import { Nothing, Panel, Span } from "./panel";

type Props = { calls: Overview["calls"]; words: Words };

const secondMs = 1000;

/** How fast DingTalk answered within a day, and how often it did not. */
export function Calls({ calls, words }: Props) {
  const { overview } = words;
  return (
    <Panel id="calls" title={overview.calls.title} note={overview.lastHours}>
      {calls.calls === 0 ? <Nothing>{overview.calls.none}</Nothing> : <Answers calls={calls} words={words} />}
    </Panel>
  );
}

function Answers({ calls: { calls, p50, p95, failures, hours }, words }: Props) {
  const text = words.overview.calls;
  const number = (value: number | null) => (value ?? 0).toLocaleString(words.language);
  const time = (value: number | null) => fill(text.milliseconds, { value: number(value) });
  const slowest = hours.reduce((one, other) => ((other.p95 ?? 0) > (one.p95 ?? 0) ? other : one));
  const values = { calls: number(calls), p50: number(p50), p95: number(p95), failures: number(failures) };
  return (
    <>
      <dl className="mb-4 flex flex-wrap gap-x-7 gap-y-2">
        <Value name="p50" value={time(p50)} sign={<i className="h-0.5 w-4 bg-accent" />} />
        <Value name="p95" value={time(p95)} sign={<i className="w-4 border-t-2 border-dashed border-ink" />} />
        <Value
          name={text.failures}
          value={fill(text.times, { count: number(failures) })}
          sign={<i className="size-2 rounded-full bg-bad" />}
        />
      </dl>
      <Lines
        lines={[
          { values: hours.map((hour) => hour.p50), look: "stroke-accent" },
          { values: hours.map((hour) => hour.p95), look: "stroke-ink", isDashed: true },
        ]}
        dots={hours.map((hour) => hour.failures)}
        finding={fill(text.finding, values)}
        height={96}
        mark={secondMs}
      />
      <Span begins={hours[0]?.at ?? new Date()} words={words} hasMiddle />
      <p className="mt-3 text-sm text-muted">
        {fill(text.slowest, { time: formatsFor(words).moment(slowest.at, new Date()), value: number(slowest.p95) })}
        {(slowest.p95 ?? 0) > secondMs && ` ${text.line}`}
      </p>
    </>
  );
}

function Value({ name, value, sign }: { name: string; value: string; sign: ReactNode }) {
  return (
    <div className="grid">
      <dt className="row-start-2 flex items-center gap-2 text-sm text-muted">
        <span aria-hidden="true" className="flex items-center [&>i]:block">
          {sign}
        </span>
        {name}
      </dt>
      <dd className="text-lg font-[650]">{value}</dd>
    </div>
  );
}
