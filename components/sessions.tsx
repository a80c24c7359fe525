import { type ReactNode } from "react";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type SessionView } from "@/lib/sessions/view";
import { Moment } from "./moment";
import { Fact, Facts } from "./ui/facts";
import { Mark } from "./ui/mark";

/** One session, as its own employee sees it. */
export function SessionFacts({ session, words }: { session: SessionView; words: Words }) {
  const { facts, method } = words.people;
  return (
    <Facts>
      <Fact label={facts.method}>{method[session.method]}</Fact>
      <Fact label={facts.device}>{nameDevice(session, words)}</Fact>
      <Fact label={facts.network}>{session.ip}</Fact>
      <Fact label={facts.approved}>{nameApproval(session, words)}</Fact>
      <Fact label={facts.started}>
        <Moment date={session.startedAt} words={words} />
      </Fact>
    </Facts>
  );
}

type ListProps = {
  sessions: SessionView[];
  ownId: string;
  words: Words;
  /** What can be done about one of them. */
  actionFor?: (session: SessionView) => ReactNode;
};

/** The live sessions of one employee. */
export function SessionList({ sessions, ownId, words, actionFor }: ListProps) {
  return (
    <ul className="divide-y divide-line">
      {sessions.map((session) => (
        <li
          key={session.id}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4 first:pt-0 last:pb-0"
        >
          <SessionLines session={session} isOwn={session.id === ownId} words={words} />
          {actionFor?.(session)}
        </li>
      ))}
    </ul>
  );
}

function SessionLines({ session, isOwn, words }: { session: SessionView; isOwn: boolean; words: Words }) {
  const { people } = words;
  return (
    <div className="grid grow gap-x-6 gap-y-0.5 md:grid-cols-[1fr_auto] md:items-center">
      <span className="flex flex-wrap items-center gap-2">
        {nameDevice(session, words)}
        {isOwn && <Mark tone="accent">{people.marks.thisSession}</Mark>}
      </span>
      <span className="text-sm md:text-right">
        <span className="text-muted">{people.facts.started}</span> <Moment date={session.startedAt} words={words} />
      </span>
      <span className="text-sm text-muted">{describeSession(session, words)}</span>
      <span className="text-sm md:text-right">
        <span className="text-muted">{people.facts.lastSeen}</span> <Moment date={session.lastSeenAt} words={words} />
      </span>
    </div>
  );
}

/** A session's browser and system, as people call them. */
export function nameDevice({ browser, system }: Pick<SessionView, "browser" | "system">, words: Words): string {
  return [browser, system].filter(Boolean).join(" · ") || words.people.unknownDevice;
}

/** How and from where a session began. */
export function describeSession(session: SessionView, words: Words): string {
  const { method, ip } = session;
  return [words.people.method[method], ip, nameApproval(session, words)].filter(Boolean).join(" · ");
}

function nameApproval({ approvedBy }: SessionView, { devices }: Words): string | null {
  if (!approvedBy) return null;
  const phone = [approvedBy.system ?? devices.aPhone, approvedBy.ip].filter(Boolean).join(" ");
  return fill(devices.approvedBy, { phone });
}
