import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type Overview } from "@/lib/statistics/overview";
import { linkLook } from "../ui/button";
import { Link } from "../ui/link";
import { Nothing, Panel } from "./panel";

type Props = { refusals: Overview["activity"]["refusals"]; days: number; words: Words };

/** The rest is rare, and stands in the audit trail. */
const maxShown = 6;

/** Why sign-ins were refused, the most frequent reason first. Names and numbers say it; the bars only help the eye. */
export function Refusals({ refusals, days, words }: Props) {
  const text = words.overview.refusals;
  const count = refusals.reduce((sum, refusal) => sum + refusal.count, 0);
  const most = refusals[0]?.count ?? 1;
  const number = (value: number) => value.toLocaleString(words.language);
  return (
    <Panel title={text.title} note={fill(text.total, { days, count: number(count) })}>
      {count === 0 && <Nothing>{text.none}</Nothing>}
      <ol className="grid gap-3">
        {refusals.slice(0, maxShown).map(({ reason, count }) => (
          <li key={reason} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
            <span>{words.audit.reasons[reason]}</span>
            <b className="font-semibold">{number(count)}</b>
            <svg aria-hidden="true" width="100%" height="8" className="col-span-2">
              <rect width="100%" height="8" rx="4" className="fill-line" />
              <rect width={`${(count / most) * 100}%`} height="8" rx="4" className="fill-accent" />
            </svg>
          </li>
        ))}
      </ol>
      {count > 0 && (
        <p className="mt-auto flex flex-wrap justify-between gap-x-4 pt-4 text-sm">
          <Link href="/admin/audit?outcome=refused" className={linkLook}>
            {text.link}
          </Link>
          {refusals.length > maxShown && (
            <span className="text-muted">{fill(text.rest, { count: refusals.length - maxShown })}</span>
          )}
        </p>
      )}
    </Panel>
  );
}
