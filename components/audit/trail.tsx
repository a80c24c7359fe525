import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type Integrity } from "@/lib/trail/integrity";
import { type TrailEvent, type TrailPage } from "@/lib/trail/list";
import { type TrailQuery } from "@/lib/trail/query";
import { Empty, Notice } from "../notice";
import { Button, buttonLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { Link } from "../ui/link";
import { auditAddress, fieldsOf } from "./address";
import { ChainLine } from "./chain-line";
import { Filters } from "./filters";
import { LiveSwitch } from "./live-switch";
import { LiveTail } from "./live-tail";
import { Row } from "./row";

type Props = {
  page: TrailPage;
  query: TrailQuery;
  /** Whether new events belong on this page. */
  mayGrow: boolean;
  integrity: Integrity;
  words: Words;
};

/** The audit trail, a page at a time, the latest event first. */
export function Trail({ page, query, mayGrow, integrity, words }: Props) {
  const { audit } = words;
  return (
    <div data-wide className="grid gap-5">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid gap-1">
          <h1>{audit.title}</h1>
          <ChainLine integrity={integrity} query={query} words={words} />
        </div>
        <Export query={query} words={audit} />
      </header>
      <Filters query={query} words={audit} />
      {page.isCut && <Notice tone="warn">{audit.filters.isCut}</Notice>}
      <section aria-label={audit.title} className={`${cardLook} overflow-clip`}>
        <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-5 gap-y-1 bg-raised px-4 py-1.5 md:px-5">
          <p className="text-sm text-muted">
            {fill(page.hasMore ? audit.totalMore : audit.total, { count: page.total })}
          </p>
          {mayGrow && <LiveSwitch query={query} label={audit.live.switch} />}
        </div>
        {mayGrow && query.live && <Tail page={page} query={query} words={words} />}
        <Days events={page.events} words={words} />
        <Foot page={page} query={query} words={audit} />
      </section>
      {page.events.length === 0 && <Empty level="h2" {...audit.none} />}
    </div>
  );
}

/** Another query is another list, whose waiting events do not count here. */
function Tail({ page, query, words }: Pick<Props, "page" | "query" | "words">) {
  const parameters = String(new URLSearchParams(fieldsOf(query)));
  return <LiveTail key={parameters} upTo={page.upTo} parameters={parameters} words={words.audit.live} />;
}

/** All that the filters find, in one file. */
function Export({ query, words }: { query: TrailQuery; words: Words["audit"] }) {
  return (
    <form
      method="post"
      action="/admin/audit/export"
      className="flex flex-wrap gap-3 max-sm:w-full max-sm:[&>button]:grow"
    >
      {fieldsOf({ ...query, after: null }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" name="format" value="csv">
        {words.exportAs.csv}
      </Button>
      <Button type="submit" name="format" value="jsonl">
        {words.exportAs.jsonl}
      </Button>
    </form>
  );
}

function Days({ events, words }: { events: TrailEvent[]; words: Words }) {
  return groupByDay(events, words).map(([title, ofDay]) => (
    <section key={title}>
      <h2 className="border-t border-line bg-raised px-4 py-1.5 text-sm font-normal text-muted md:px-5">{title}</h2>
      {ofDay.map((event) => (
        <Row key={event.id} event={event} words={words} />
      ))}
    </section>
  ));
}

function groupByDay(events: TrailEvent[], words: Words): [string, TrailEvent[]][] {
  const { dayTitle } = formatsFor(words);
  const now = new Date();
  const days = new Map<string, TrailEvent[]>();
  for (const event of events) {
    const title = dayTitle(event.at, now);
    days.set(title, [...(days.get(title) ?? []), event]);
  }
  return [...days];
}

function Foot({ page, query, words }: { page: TrailPage; query: TrailQuery; words: Words["audit"] }) {
  return (
    <nav
      aria-label={words.title}
      className="flex flex-wrap items-center gap-3 border-t border-line bg-raised px-4 py-2.5 md:px-5"
    >
      <p className="mr-auto text-sm text-muted">{fill(words.kept, { count: page.retentionDays })}</p>
      {query.after !== null && (
        <Link href={auditAddress(query)} prefetch={false} className={buttonLook()}>
          {words.newest}
        </Link>
      )}
      {page.next && (
        <Link href={auditAddress(query, { after: page.next })} prefetch={false} className={buttonLook()}>
          {words.older}
        </Link>
      )}
    </nav>
  );
}
