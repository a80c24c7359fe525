import { type EmployeeProfile, type Source } from "@/lib/employees/profile";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { Moment } from "./moment";
import { Button } from "./ui/button";
import { Card } from "./ui/card";
import { Fact, Facts } from "./ui/facts";

type Props = { profile: EmployeeProfile; words: Words; onAsk: (form: FormData) => Promise<void> };

/** When the record was read from DingTalk, whether DingTalk answers now and what it says differently, and how to ask again. */
export function EmployeeSource({ profile: { employee, fetchedAt, source }, words, onAsk }: Props) {
  const text = words.employeePage.source;
  return (
    <Card title={text.title}>
      <Facts>
        <Fact label={text.read}>
          <Moment date={fetchedAt} words={words} />
        </Fact>
        <Fact label={text.answer}>{text[source.state]}</Fact>
        <Fact label={text.changed}>{describeChanges(source, words)}</Fact>
      </Facts>
      <form action={onAsk} className="mt-5">
        <input type="hidden" name="userId" value={employee.userId} />
        <Button type="submit">{text.again}</Button>
      </form>
    </Card>
  );
}

function describeChanges(source: Source, words: Words): string | null {
  if (source.state !== "answered") return null;
  const { first, none, fields } = words.employeePage.source;
  if (!source.changes) return first;
  if (source.changes.length === 0) return none;
  return formatsFor(words).list(source.changes.map((change) => fields[change]));
}
