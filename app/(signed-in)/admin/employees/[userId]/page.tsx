import { type Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { EmployeeCard } from "@/components/employee-card";
import { EmployeeSessions } from "@/components/employee-sessions";
import { Empty, Notice } from "@/components/notice";
import { buttonLook, linkLook } from "@/components/ui/button";
import { requireAdmin } from "@/lib/auth/viewer";
import { findProfile, readUserId } from "@/lib/employees/profile";
import { currentWords } from "@/lib/i18n/current";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { listSessionsOf } from "@/lib/sessions/manage";
import { NewSignIn } from "../../../new-sign-in";
import { endSessions } from "./actions";

const query = z.object({
  /** What the action that just ran did. */
  ended: z.coerce.number().int().min(0).nullable().catch(null),
  /** The admin signed in again for an action, which can go on. */
  again: z.literal("1").nullable().catch(null),
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).people.employee.title };
}

export default async function EmployeePage({ params, searchParams }: PageProps<"/admin/employees/[userId]">) {
  const admin = await requireAdmin();
  const userId = readUserId((await params).userId);
  if (!userId) notFound();
  const [answer, sessions, words] = await Promise.all([
    findProfile(admin, userId),
    listSessionsOf(admin, userId),
    currentWords(),
  ]);
  const { ended, again } = query.parse(await searchParams);
  const { employee } = words.people;
  if ("missing" in answer && answer.missing === "unknown") notFound();
  return (
    <>
      <NewSignIn viewer={admin} words={words} />
      <Link href="/admin/employees" className={`${linkLook} justify-self-start text-sm`}>
        ← {employee.back}
      </Link>
      {ended !== null && <Notice tone="good">{fill(employee.ended, { count: ended })}</Notice>}
      {again && <Notice tone="good">{words.companySessions.signedInAgain}</Notice>}
      {"missing" in answer ? (
        <Unavailable userId={userId} words={employee.unavailable} />
      ) : (
        <EmployeeCard profile={answer.found} words={words} mayOpenOthers>
          <EmployeeSessions
            profile={answer.found}
            sessions={sessions}
            ownId={admin.session.id}
            asksAll={again !== null}
            words={words}
            onEnd={endSessions}
          />
        </EmployeeCard>
      )}
    </>
  );
}

type UnavailableProps = { userId: string; words: Words["people"]["employee"]["unavailable"] };

/** DingTalk does not answer, and the app holds no details of this employee from before. */
function Unavailable({ userId, words }: UnavailableProps) {
  return (
    <Empty level="h1" title={words.title} what={words.what}>
      <a href={`/admin/employees/${encodeURIComponent(userId)}`} className={buttonLook()}>
        {words.again}
      </a>
    </Empty>
  );
}
