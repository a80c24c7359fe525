import { fill } from "@/lib/i18n/fill";
import { monthName } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type Overview } from "@/lib/statistics/overview";
import { Figure, Panel } from "./panel";

type Props = { quota: Overview["quota"]; at: Date; words: Words };

/** How much of DingTalk's monthly quota this app used, and will have used at the end of the month. */
export function Quota({ quota: { used, exempt, limit, expected, groups }, at, words }: Props) {
  const { quota } = words.overview;
  const number = (value: number) => value.toLocaleString(words.language);
  const part = (value: number) => `${Math.min(100, (value / limit) * 100)}%`;
  const isShort = used >= limit || (expected !== null && expected > limit);
  return (
    <Panel id="quota" title={quota.title} note={monthName(at, words)}>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-2">
        <b className="text-lg font-[650]">{number(used)}</b>
        <span className="text-sm text-muted">{fill(quota.used, { limit: number(limit) })}</span>
      </p>
      <svg
        role="img"
        aria-label={fill(quota.finding, { used: number(used), limit: number(limit) })}
        width="100%"
        height="16"
        className="overflow-visible"
      >
        <rect y="3" width="100%" height="10" rx="5" className="fill-line" />
        <rect y="3" width={part(used)} height="10" rx="5" className={isShort ? "fill-bad" : "fill-accent"} />
        {expected !== null && <line x1={part(expected)} x2={part(expected)} y2="16" className="stroke-ink stroke-2" />}
      </svg>
      <p className={`mt-1.5 text-sm ${isShort ? "text-bad" : "text-muted"}`}>
        {expected === null ? quota.tooEarly : fill(quota.expected, { count: number(expected) })}
      </p>
      <dl className="mt-4 grid gap-2 border-t border-line pt-4 text-sm">
        {groups.map(({ group, used }) => (
          <Figure key={group} name={quota.groups[group]}>
            {number(used)}
          </Figure>
        ))}
        <Figure name={quota.exempt}>{number(exempt)}</Figure>
      </dl>
      <p className="mt-auto pt-4 text-sm text-muted">{quota.only}</p>
    </Panel>
  );
}
