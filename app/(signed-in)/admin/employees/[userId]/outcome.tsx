import { Notice } from "@/components/notice";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type Query } from "./query";

/** What the action that just ran did. */
export function Outcome({ ended, asked, again, words }: Omit<Query, "history"> & { words: Words }) {
  const { employeePage, people, companySessions } = words;
  if (again === "all") return <Notice tone="good">{companySessions.signedInAgain}</Notice>;
  if (again === "one") return <Notice tone="good">{employeePage.again}</Notice>;
  if (asked) return <Asked asked={asked} words={words} />;
  return ended !== null && <Notice tone="good">{fill(people.employee.ended, { count: ended })}</Notice>;
}

function Asked({ asked, words }: { asked: NonNullable<Query["asked"]>; words: Words }) {
  const { asked: text, fields } = words.employeePage.source;
  const changes = asked.flatMap((name) => (name === "unanswered" ? [] : fields[name]));
  if (asked.length > changes.length) return <Notice tone="warn">{text.unanswered}</Notice>;
  if (changes.length === 0) return <Notice tone="good">{text.same}</Notice>;
  return <Notice tone="good">{fill(text.changed, { fields: formatsFor(words).list(changes) })}</Notice>;
}
