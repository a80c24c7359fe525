import { type ReactNode } from "react";
import { type EmployeeProfile } from "@/lib/employees/profile";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { ContactFacts, IdentityFacts, WorkFacts } from "./employee-facts";
import { Notice } from "./notice";
import { Avatar } from "./ui/avatar";
import { Card, cardLook } from "./ui/card";
import { Mark } from "./ui/mark";

type Props = {
  profile: EmployeeProfile;
  words: Words;
  /** Whether the manager's name leads to the manager's page. */
  mayOpenOthers: boolean;
  /** Shows a masked mobile number. */
  onShowMobile?: (form: FormData) => Promise<void>;
  /** The last cards: this session, or what else an admin sees of the employee. */
  children: ReactNode;
};

/** All we know of an employee. Work and contact say what is missing; the rest is left out. */
export function EmployeeCard({ profile, words, mayOpenOthers, onShowMobile, children }: Props) {
  const { employee, fetchedAt, source } = profile;
  const { people } = words;
  return (
    <>
      {source.state === "unanswered" && (
        <Notice tone="warn">{fill(people.stale, { age: formatsFor(words).ago(fetchedAt, new Date()) })}</Notice>
      )}
      <Hero employee={employee} departments={profile.departments} words={people} />
      <div className="grid gap-5 md:grid-cols-2">
        <Card title={people.profile.work}>
          <WorkFacts profile={profile} words={words} mayOpenOthers={mayOpenOthers} />
        </Card>
        <Card title={people.profile.contact}>
          <ContactFacts profile={profile} words={words} onShowMobile={onShowMobile} />
        </Card>
        <Card title={people.profile.identity}>
          <IdentityFacts employee={employee} words={words} />
        </Card>
        {children}
      </div>
    </>
  );
}

type HeroProps = Pick<EmployeeProfile, "employee" | "departments"> & { words: Words["people"] };

/** Who this is, at a glance. */
function Hero({ employee, departments, words }: HeroProps) {
  const { name, avatarUrl, title, jobNumber } = employee;
  const line = [title, jobNumber && fill(words.jobNumber, { number: jobNumber })].filter(Boolean).join(" · ");
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

function Marks({ employee, departments, words: { marks } }: HeroProps) {
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
