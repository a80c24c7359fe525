import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type Overview as State } from "@/lib/statistics/overview";
import { Refresher } from "../refresher";
import { linkLook } from "../ui/button";
import { Attention } from "./attention";
import { Calls } from "./calls";
import { Presence } from "./presence";
import { Quota } from "./quota";
import { Refusals } from "./refusals";
import { SignIns } from "./sign-ins";
import { Sync } from "./sync";

type Props = { overview: State; days: number; ranges: readonly number[]; words: Words };

/** What happened, as pictures that the server draws. */
export function Overview({ overview, days, ranges, words }: Props) {
  const { activity, presence, sync, events, calls, quota, attention, at } = overview;
  return (
    <div data-wide className="grid gap-5">
      <Refresher everyMs={15_000} />
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid gap-1">
          <h1>{words.overview.title}</h1>
          <Lead attention={attention} at={at} days={days} words={words} />
        </div>
        <Ranges days={days} ranges={ranges} words={words.overview} />
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-3">
        <SignIns days={activity.days} words={words} />
        <Presence presence={presence} words={words} />
        <Sync sync={sync} events={events} words={words} />
        <Refusals refusals={activity.refusals} days={days} words={words} />
        <Calls calls={calls} words={words} />
        <Quota quota={quota} at={at} words={words} />
        <Attention items={attention} words={words.overview.attention} />
      </div>
    </div>
  );
}

type LeadProps = Pick<State, "attention" | "at"> & { days: number; words: Words };

function Lead({ attention, at, days, words }: LeadProps) {
  const { overview } = words;
  const count = attention.length;
  return (
    <p className="text-muted">
      {count === 0 ? (
        overview.attention.none
      ) : (
        <a href="#attention" className={linkLook}>
          {fill(overview.attention.count, { count })}
        </a>
      )}
      {" · "}
      <time dateTime={at.toISOString()}>
        {fill(overview.updated, { time: formatsFor(words).clock(at).slice(0, 5) })}
      </time>
      <noscript>
        {" · "}
        <a href={`/admin?days=${days}`} className={linkLook}>
          {overview.refresh}
        </a>
      </noscript>
    </p>
  );
}

function Ranges({ days, ranges, words }: Pick<Props, "days" | "ranges"> & { words: Words["overview"] }) {
  return (
    <nav aria-label={words.range} className="grid grid-flow-col rounded-md bg-line p-1 max-sm:w-full">
      {ranges.map((range) => (
        <a
          key={range}
          href={`/admin?days=${range}`}
          aria-current={range === days ? "true" : undefined}
          className="grid min-h-8 place-items-center rounded-[7px] px-4 text-sm text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:font-[550] aria-[current]:text-ink pointer-coarse:min-h-11"
        >
          {fill(words.days, { count: range })}
        </a>
      ))}
    </nav>
  );
}
