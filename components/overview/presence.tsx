import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type Overview } from "@/lib/statistics/overview";
import { Lines } from "../charts/lines";
import { linkLook } from "../ui/button";
import { Link } from "../ui/link";
import { Panel, Span } from "./panel";

type Props = { presence: Overview["presence"]; words: Words };

/** How many people are signed in, and were within a day. */
export function Presence({ presence: { people, devices, hours }, words }: Props) {
  const { presence, lastHours } = words.overview;
  const number = (value: number) => value.toLocaleString(words.language);
  const values = hours.map((hour) => hour.people);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return (
    <Panel title={presence.title} note={lastHours}>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-2">
        <b className="text-[42px] leading-tight font-[650] tracking-[-0.02em]">{number(people)}</b>
        <span className="text-muted">
          {presence.people} · {fill(presence.devices, { count: devices })}
        </span>
        <Link href="/admin/sessions" className={`${linkLook} ml-auto text-sm`}>
          {presence.link}
        </Link>
      </p>
      <Lines
        lines={[{ values, look: "stroke-accent", isFilled: true }]}
        finding={fill(presence.finding, { people: number(people), most: number(most), least: number(least) })}
        height={48}
      />
      <Span begins={hours[0]?.at ?? new Date()} words={words} />
    </Panel>
  );
}
