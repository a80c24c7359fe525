import type { Words } from "@/lib/i18n/words";
import type { SessionView } from "@/lib/sessions/view";
import { Moment } from "./moment";
import { Fact, Facts } from "./ui/facts";
import { Mark } from "./ui/mark";

/** One session, told to the person whose it is. */
export function SessionFacts({ session, words }: { session: SessionView; words: Words }) {
  const { facts, wayIn } = words.people;
  return (
    <Facts>
      <Fact label={facts.wayIn}>{wayIn[session.wayIn]}</Fact>
      <Fact label={facts.device}>{deviceOf(session, words)}</Fact>
      <Fact label={facts.network}>{session.ip}</Fact>
      <Fact label={facts.started}>
        <Moment date={session.startedAt} words={words.time} />
      </Fact>
    </Facts>
  );
}

/** The sessions somebody has open, for an admin. */
export function SessionList({ sessions, ownId, words }: { sessions: SessionView[]; ownId: string; words: Words }) {
  const { people, time } = words;
  return (
    <ul className="divide-y divide-line">
      {sessions.map((session) => (
        <li key={session.id} className="grid gap-x-6 gap-y-0.5 py-3 first:pt-0 md:grid-cols-[1fr_auto] md:items-center">
          <span className="flex flex-wrap items-center gap-2">
            {deviceOf(session, words)}
            {session.id === ownId && <Mark tone="accent">{people.marks.thisSession}</Mark>}
          </span>
          <span className="text-sm md:text-right">
            <span className="text-muted">{people.facts.started}</span> <Moment date={session.startedAt} words={time} />
          </span>
          <span className="text-sm text-muted">
            {[people.wayIn[session.wayIn], session.ip].filter(Boolean).join(" · ")}
          </span>
          <span className="text-sm md:text-right">
            <span className="text-muted">{people.facts.lastSeen}</span>{" "}
            <Moment date={session.lastSeenAt} words={time} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function deviceOf({ browser, system }: SessionView, words: Words): string {
  return [browser, system].filter(Boolean).join(" · ") || words.people.unknownDevice;
}
