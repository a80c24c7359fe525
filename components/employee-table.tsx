import { type EmployeeRow } from "@/lib/employees/row";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { Ago } from "./moment";
import { Avatar } from "./ui/avatar";
import { cardLook } from "./ui/card";
import { Link } from "./ui/link";
import { Mark } from "./ui/mark";

type Props = { employees: EmployeeRow[]; search: string; words: Words };

/** A table where there is room for one; on a phone each row becomes a small card of the same cells. */
export function EmployeeTable({ employees, search, words }: Props) {
  const { columns } = words.people.directory;
  return (
    <div className={`${cardLook} overflow-hidden`}>
      <table className="w-full border-collapse text-left max-md:block">
        <thead className="border-b border-line bg-raised text-sm text-muted max-md:sr-only">
          <tr>
            <th className="px-6 py-2.5 font-normal">{columns.employee}</th>
            <th className="px-6 py-2.5 font-normal">{columns.departments}</th>
            <th className="px-6 py-2.5 text-right font-normal">{columns.lastSignIn}</th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {employees.map((employee) => (
            <Row key={employee.userId} employee={employee} search={search} words={words} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { employee: EmployeeRow; search: string; words: Words };

function Row({ employee, search, words }: RowProps) {
  const { userId, name, avatarUrl, title, jobNumber, departments } = employee;
  const line = [title, jobNumber].filter((part) => part !== null).join(" · ");
  return (
    <tr className="relative border-line not-last:border-b hover:bg-raised max-md:block max-md:px-4 max-md:py-3">
      <td className="px-6 py-3 max-md:block max-md:p-0">
        <span className="flex items-center gap-3.5">
          <Avatar name={name} url={avatarUrl} />
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-2">
              {/* The link covers the row, so that all of it can be pressed. */}
              <Link
                href={`/admin/employees/${encodeURIComponent(userId)}`}
                className="font-[550] after:absolute after:inset-0 hover:text-accent"
              >
                <Found text={name} search={search} />
              </Link>
              <RowMarks employee={employee} words={words.people} />
            </span>
            {line && (
              <span className="block text-sm text-muted">
                <Found text={line} search={search} />
              </span>
            )}
          </span>
        </span>
      </td>
      <td className="px-6 py-3 max-md:block max-md:py-0 max-md:pt-1 max-md:pr-0 max-md:pl-13.5 max-md:text-sm max-md:text-muted">
        {formatsFor(words).list(departments)}
      </td>
      <td className="px-6 py-3 text-right text-sm text-muted max-md:block max-md:py-0 max-md:pr-0 max-md:pl-13.5 max-md:text-left">
        <SignedIn employee={employee} words={words} />
      </td>
    </tr>
  );
}

function SignedIn({ employee: { devices, lastSignedInAt }, words }: Omit<RowProps, "search">) {
  if (devices > 0) {
    return (
      <>
        <span className="whitespace-nowrap text-ink">
          <span aria-hidden="true" className="mr-2 inline-block size-2 rounded-full bg-good" />
          {words.directory.signedIn}
        </span>
        <span className="block">{fill(words.directory.devices, { count: devices })}</span>
      </>
    );
  }
  return lastSignedInAt ? <Ago date={lastSignedInAt} words={words} /> : words.people.neverSignedIn;
}

/** Underlines where a word of the search is in a text; a word that was found by pinyin is not there. */
function Found({ text, search }: { text: string; search: string }) {
  const [word = ""] = search.trim().split(/\s+/);
  const at = word ? text.toLowerCase().indexOf(word.toLowerCase()) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent text-inherit underline decoration-accent decoration-2 underline-offset-4">
        {text.slice(at, at + word.length)}
      </mark>
      {text.slice(at + word.length)}
    </>
  );
}

function RowMarks({ employee, words: { marks } }: { employee: EmployeeRow; words: Words["people"] }) {
  return (
    <>
      {employee.isAdmin && <Mark tone="accent">{marks.admin}</Mark>}
      {employee.isLeader && <Mark tone="accent">{marks.leader}</Mark>}
      {!employee.active && <Mark tone="bad">{marks.inactive}</Mark>}
    </>
  );
}
