import { type EmployeeProfile } from "@/lib/employees/profile";
import { type Words } from "@/lib/i18n/words";
import { Avatar } from "./ui/avatar";
import { cardLook } from "./ui/card";
import { Mark } from "./ui/mark";

type Props = Pick<EmployeeProfile, "employee" | "departments"> & { words: Words["people"] };

/** Who this is, at a glance. */
export function EmployeeHero({ employee, departments, words }: Props) {
  const { name, avatarUrl, title, jobNumber } = employee;
  const line = [title, jobNumber && words.jobNumber(jobNumber)].filter(Boolean).join(" · ");
  return (
    <section className={`${cardLook} flex items-start gap-4 p-5.5 sm:items-center sm:gap-6 sm:px-8 sm:py-7`}>
      <Avatar name={name} url={avatarUrl} size="large" />
      <div className="min-w-0">
        <h1 className="[overflow-wrap:anywhere]">{name}</h1>
        {line && <p className="text-muted">{line}</p>}
        <p className="mt-3 flex flex-wrap gap-2">
          <Marks employee={employee} departments={departments} words={words} />
        </p>
      </div>
    </section>
  );
}

function Marks({ employee, departments, words: { marks } }: Props) {
  const { active, admin, boss, senior } = employee;
  return (
    <>
      <Mark tone={active ? "good" : "bad"}>{active ? marks.active : marks.inactive}</Mark>
      {admin && <Mark tone="accent">{marks.admin}</Mark>}
      {boss && <Mark tone="accent">{marks.boss}</Mark>}
      {senior && <Mark tone="accent">{marks.senior}</Mark>}
      {departments.some(({ isLeader }) => isLeader) && <Mark tone="accent">{marks.leader}</Mark>}
    </>
  );
}
