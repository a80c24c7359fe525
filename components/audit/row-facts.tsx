import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type TrailEvent, type TrailPerson } from "@/lib/trail/list";
import { nameDevice } from "../sessions";
import { buttonLook } from "../ui/button";
import { Fact, Facts } from "../ui/facts";
import { Link } from "../ui/link";
import { addressOfPerson } from "./address";
import { describeEvent } from "./describe";

type Props = { event: TrailEvent; words: Words };

/** All that is stored of an event. What it does not have is left out. */
export function RowFacts({ event, words }: Props) {
  const { audit } = words;
  const people = [event.person, event.actor].filter((person) => person !== null);
  const distinct = people.filter(({ userId }, index) => index === 0 || userId !== people[0]?.userId);
  return (
    <div className="grid gap-4 px-4 pt-1 pb-5 text-sm max-md:pl-9 md:px-5 md:pl-[127px]">
      <div className="grid gap-x-10 gap-y-3 lg:grid-cols-2 lg:items-start">
        <Act event={event} words={words} />
        <Origin event={event} words={words} />
      </div>
      <p className="flex flex-wrap gap-3 empty:hidden">
        {distinct.map(({ userId, name }) => (
          <Link key={userId} href={addressOfPerson(userId)} prefetch={false} className={buttonLook()}>
            {fill(audit.allOf, { name: name ?? userId })}
          </Link>
        ))}
      </p>
    </div>
  );
}

function Act({ event, words }: Props) {
  const { facts } = words.audit;
  const { reason } = describeEvent(event, words);
  return (
    <Facts>
      <Fact label={facts.time}>
        <time dateTime={event.at.toISOString()}>{formatsFor(words).exact(event.at)}</time>
      </Fact>
      <Fact label={facts.reason}>
        {event.reason && (
          <>
            {reason !== event.reason && `${reason} · `}
            <code>{event.reason}</code>
          </>
        )}
      </Fact>
      <Fact label={facts.reference}>{event.reference && <code>{event.reference}</code>}</Fact>
      <Fact label={facts.person}>{event.person && <NamedPerson person={event.person} />}</Fact>
      <Fact label={facts.actor}>{event.actor && <NamedPerson person={event.actor} />}</Fact>
      <Fact label={facts.count}>{event.count > 1 && String(event.count)}</Fact>
    </Facts>
  );
}

function Origin({ event, words }: Props) {
  const { facts } = words.audit;
  const { method, device, ip, requestId, dingtalkRequestId } = event;
  return (
    <Facts>
      <Fact label={facts.device}>{(device.browser ?? device.system) && nameDevice(device, words)}</Fact>
      <Fact label={facts.method}>{method && words.people.method[method]}</Fact>
      <Fact label={facts.network}>{ip && <code>{ip}</code>}</Fact>
      <Fact label={facts.requestId}>{requestId && <code>{requestId}</code>}</Fact>
      <Fact label={facts.dingtalkRequestId}>{dingtalkRequestId && <code>{dingtalkRequestId}</code>}</Fact>
      <Fact label={facts.place}>
        <Place place={event.place} words={facts} />
      </Fact>
    </Facts>
  );
}

function NamedPerson({ person: { userId, name } }: { person: TrailPerson }) {
  return (
    <>
      <Link
        href={`/admin/employees/${encodeURIComponent(userId)}`}
        prefetch={false}
        className="tap rounded-sm font-[550] underline-offset-4 hover:text-accent hover:underline"
      >
        {name ?? userId}
      </Link>
      {name && (
        <>
          {" · "}
          <code>{userId}</code>
        </>
      )}
    </>
  );
}

/** Where the event stands in the chain, and whether its hash is that of what is shown. */
function Place({ place, words }: { place: TrailEvent["place"]; words: Words["audit"]["facts"] }) {
  if (!place) return <span className="text-bad">{words.noPlace}</span>;
  const { position, hash, previousHash, isIntact } = place;
  return (
    <>
      {position} · <Hash value={hash} />
      {previousHash && (
        <>
          {" "}
          {words.follows} <Hash value={previousHash} />
        </>
      )}{" "}
      <span className={isIntact ? "text-good" : "text-bad"}>{isIntact ? words.intact : words.changed}</span>
    </>
  );
}

function Hash({ value }: { value: string }) {
  return <code title={value}>{`${value.slice(0, 6)}…${value.slice(-4)}`}</code>;
}
