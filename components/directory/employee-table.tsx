import { type EmployeeRow } from "@/lib/employees/row";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { cardLook } from "../ui/card";
import { EmployeeRows, type EmployeeText } from "./employee-rows";

type Props = { employees: EmployeeRow[]; search: string; words: Words };

/** The people of a page. */
export function EmployeeTable({ employees, search, words }: Props) {
  const { columns } = words.people.directory;
  const now = new Date();
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
        <EmployeeRows employees={employees.map((employee) => toText(employee, words, now))} search={search} />
      </table>
    </div>
  );
}

function toText(employee: EmployeeRow, words: Words, now: Date): EmployeeText {
  const { userId, name, avatarUrl, title, jobNumber, departments, devices } = employee;
  return {
    ...{ userId, name, avatarUrl },
    post: [title, jobNumber].filter((part) => part !== null).join(" · "),
    marks: marksOf(employee, words),
    departments: formatsFor(words).list(departments),
    signedIn:
      devices > 0
        ? { text: words.directory.signedIn, devices: fill(words.directory.devices, { count: devices }) }
        : null,
    lastSignIn: describeMoment(employee, words, now),
  };
}

function describeMoment({ lastSignedInAt }: EmployeeRow, words: Words, now: Date): EmployeeText["lastSignIn"] {
  if (!lastSignedInAt) return { text: words.people.neverSignedIn, exact: null, at: null };
  const { ago, exact } = formatsFor(words);
  return { text: ago(lastSignedInAt, now), exact: exact(lastSignedInAt), at: lastSignedInAt.toISOString() };
}

function marksOf({ isAdmin, isLeader, active }: EmployeeRow, { people: { marks } }: Words): EmployeeText["marks"] {
  return [
    ...(isAdmin ? [{ tone: "accent", text: marks.admin } as const] : []),
    ...(isLeader ? [{ tone: "accent", text: marks.leader } as const] : []),
    ...(active ? [] : [{ tone: "bad", text: marks.inactive } as const]),
  ];
}
