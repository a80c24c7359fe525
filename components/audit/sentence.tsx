import Link from "next/link";
import { type ReactNode } from "react";
import { type Words } from "@/lib/i18n/words";
import { type TrailEvent, type TrailPerson } from "@/lib/trail/list";
import { describeEvent } from "./describe";

const reasonLooks = { succeeded: "", refused: "text-bad", attention: "text-warn", system: "" };

/** One event as a sentence, in which people lead to their pages and the reason alone has a colour. */
export function Sentence({ event, words }: { event: TrailEvent; words: Words }) {
  const { template, reason } = describeEvent(event, words);
  const values: Record<string, ReactNode> = {
    "{person}": <Person key="person" person={event.person} absent={words.audit.unknownPerson} />,
    "{actor}": <Person key="actor" person={event.actor} absent={words.audit.app} />,
    "{reason}": (
      <span key="reason" className={reasonLooks[event.outcome]}>
        {reason}
      </span>
    ),
  };
  return template.split(/(\{\w+\})/).map((part) => values[part] ?? part);
}

/** Without a name an employee is not stored any more, and the userId says who it was. */
export function Person({ person, absent }: { person: TrailPerson | null; absent: string }) {
  if (!person) return absent;
  return (
    <Link
      href={`/admin/employees/${encodeURIComponent(person.userId)}`}
      prefetch={false}
      className="tap rounded-sm font-[550] underline-offset-4 hover:text-accent hover:underline"
    >
      {person.name ?? person.userId}
    </Link>
  );
}
