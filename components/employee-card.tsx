import { type ReactNode } from "react";
import { type EmployeeProfile } from "@/lib/employees/profile";
import { type Words } from "@/lib/i18n/words";
import { ContactFacts, IdentityFacts, WorkFacts } from "./employee-facts";
import { EmployeeHero } from "./employee-hero";
import { Notice } from "./notice";
import { Card } from "./ui/card";

type Props = {
  profile: EmployeeProfile;
  words: Words;
  /** Whether the manager's name leads to the manager's page. */
  mayOpenOthers: boolean;
  /** The last cards: this session, or when and where the employee signs in. */
  children: ReactNode;
};

/** All we know of an employee. Work and contact say what is missing; the rest is left out. */
export function EmployeeCard({ profile, words, mayOpenOthers, children }: Props) {
  const { employee, fetchedAt, isStale } = profile;
  const { people, time } = words;
  return (
    <>
      {isStale && <Notice tone="warn">{people.stale(time.ago(fetchedAt, new Date()))}</Notice>}
      <EmployeeHero employee={employee} departments={profile.departments} words={people} />
      <div className="grid gap-5 md:grid-cols-2">
        <Card title={people.profile.work}>
          <WorkFacts profile={profile} words={words} mayOpenOthers={mayOpenOthers} />
        </Card>
        <Card title={people.profile.contact}>
          <ContactFacts employee={employee} words={words} />
        </Card>
        <Card title={people.profile.identity}>
          <IdentityFacts employee={employee} words={people} />
        </Card>
        {children}
      </div>
    </>
  );
}
