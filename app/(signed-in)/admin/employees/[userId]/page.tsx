import { type Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { EmployeeCard } from "@/components/employee-card";
import { EmployeeSessions } from "@/components/employee-sessions";
import { EmployeeUnavailable } from "@/components/employee-unavailable";
import { Notice } from "@/components/notice";
import { linkLook } from "@/components/ui/link-look";
import { requireAdmin } from "@/lib/auth/viewer";
import { findProfile } from "@/lib/employees/profile";
import { currentWords } from "@/lib/i18n/current";
import { listSessionsOf } from "@/lib/sessions/manage";
import { endSessions } from "./actions";

const query = z.object({ ended: z.coerce.number().int().min(0).nullable().catch(null) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).people.employee.title };
}

export default async function EmployeePage({ params, searchParams }: PageProps<"/admin/employees/[userId]">) {
  const admin = await requireAdmin();
  const userId = decodeURIComponent((await params).userId);
  const [answer, sessions, words] = await Promise.all([
    findProfile(admin, userId),
    listSessionsOf(admin, userId),
    currentWords(),
  ]);
  const { ended } = query.parse(await searchParams);
  const { employee } = words.people;
  if ("missing" in answer && answer.missing === "unknown") notFound();
  return (
    <>
      <Link href="/admin/employees" className={`${linkLook} justify-self-start text-sm`}>
        ← {employee.back}
      </Link>
      {ended !== null && <Notice tone="good">{employee.ended(ended)}</Notice>}
      {"missing" in answer ? (
        <EmployeeUnavailable userId={userId} words={employee.unavailable} />
      ) : (
        <EmployeeCard profile={answer.found} words={words} mayOpenOthers>
          <EmployeeSessions
            profile={answer.found}
            sessions={sessions}
            ownId={admin.session.id}
            words={words}
            onEnd={endSessions}
          />
        </EmployeeCard>
      )}
    </>
  );
}
