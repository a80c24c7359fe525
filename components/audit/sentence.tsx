import { type ReactNode } from "react";
import { type Words } from "@/lib/i18n/words";
import { type TrailEvent, type TrailPerson } from "@/lib/trail/list";
import { describeEvent } from "./describe";

const reasonLooks = { succeeded: "", refused: "text-bad", attention: "text-warn", system: "" };

/** One event as a sentence, in which the reason alone has a colour. */
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
function Person({ person, absent }: { person: TrailPerson | null; absent: string }) {
  return person ? <b className="font-[550]">{person.name ?? person.userId}</b> : absent;
}
