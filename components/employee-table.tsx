import Link from "next/link";
import { type EmployeeRow } from "@/lib/employees/list";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { Ago } from "./moment";
import { Avatar } from "./ui/avatar";
import { cardLook } from "./ui/card";
import { Mark } from "./ui/mark";

type Props = { employees: EmployeeRow[]; words: Words };

/** A table where there is room for one; on a phone each row becomes a small card of the same cells. */
export function EmployeeTable({ employees, words }: Props) {
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
            <Row key={employee.userId} employee={employee} words={words} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ employee, words }: { employee: EmployeeRow; words: Words }) {
  const { people } = words;
  const { userId, name, avatarUrl, title, departments, lastSignedInAt } = employee;
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
                {name}
              </Link>
              <RowMarks employee={employee} words={people} />
            </span>
            {title && <span className="block text-sm text-muted">{title}</span>}
          </span>
        </span>
      </td>
      <td className="px-6 py-3 max-md:block max-md:py-0 max-md:pt-1 max-md:pr-0 max-md:pl-13.5 max-md:text-sm max-md:text-muted">
        {formatsFor(words).list(departments)}
      </td>
      <td className="px-6 py-3 text-right text-sm text-muted max-md:block max-md:py-0 max-md:pr-0 max-md:pl-13.5 max-md:text-left">
        {lastSignedInAt ? <Ago date={lastSignedInAt} words={words} /> : people.neverSignedIn}
      </td>
    </tr>
  );
}

function RowMarks({ employee, words: { marks } }: { employee: EmployeeRow; words: Words["people"] }) {
  return (
    <>
      {employee.isAdmin && <Mark tone="accent">{marks.admin}</Mark>}
      {!employee.active && <Mark tone="bad">{marks.inactive}</Mark>}
    </>
  );
}
