import { type Words } from "@/lib/i18n/words";

type Props = { date: Date; words: Words["time"]; now?: Date };

/** When something happened, as people say it, and how long ago that is; the exact time is one hover away. */
export function Moment({ date, words, now = new Date() }: Props) {
  return (
    <time dateTime={date.toISOString()} title={words.exact(date)}>
      {words.moment(date, now)} <span className="whitespace-nowrap text-muted">· {words.ago(date, now)}</span>
    </time>
  );
}

/** How long ago, where there is no room for more. */
export function Ago({ date, words, now = new Date() }: Props) {
  return (
    <time dateTime={date.toISOString()} title={words.exact(date)} className="whitespace-nowrap">
      {words.ago(date, now)}
    </time>
  );
}
