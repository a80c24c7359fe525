import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";

type Props = { date: Date; words: Words; now?: Date };

/** When something happened, as people say it, and how long ago that is; the exact time is one hover away. */
export function Moment({ date, words, now = new Date() }: Props) {
  const { exact, moment, ago } = formatsFor(words);
  return (
    <time dateTime={date.toISOString()} title={exact(date)}>
      {moment(date, now)} <span className="whitespace-nowrap text-muted">· {ago(date, now)}</span>
    </time>
  );
}

/** How long ago, where there is no room for more. */
export function Ago({ date, words, now = new Date() }: Props) {
  const { exact, ago } = formatsFor(words);
  return (
    <time dateTime={date.toISOString()} title={exact(date)} className="whitespace-nowrap">
      {ago(date, now)}
    </time>
  );
}
