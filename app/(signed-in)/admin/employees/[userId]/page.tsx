import { type Metadata } from "next";
import { notFound } from "next/navigation";
import { EmployeeView } from "@/components/employee-view";
import { Empty } from "@/components/notice";
import { buttonLook, linkLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { takeMobileGrant } from "@/lib/auth/mobile-grant";
import { requireAdmin } from "@/lib/auth/viewer";
import { findProfile, readUserId } from "@/lib/employees/profile";
import { listReports } from "@/lib/employees/reports";
import { currentWords } from "@/lib/i18n/current";
import { type Words } from "@/lib/i18n/words";
import { listSignIns } from "@/lib/sessions/history";
import { listSessionsOf } from "@/lib/sessions/manage";
import { NewSignIn } from "../../../new-sign-in";
import { askAgain, endSession, endSessions, showMobile } from "./actions";
import { Outcome } from "./outcome";
import { query } from "./query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).people.employee.title };
}

const actions = { onShowMobile: showMobile, onAsk: askAgain, onEnd: endSession, onEndAll: endSessions };

export default async function EmployeePage({ params, searchParams }: PageProps<"/admin/employees/[userId]">) {
  const admin = await requireAdmin();
  const userId = readUserId((await params).userId);
  if (!userId) notFound();
  const { history: after, ...done } = query.parse(await searchParams);
  const showsMobile = await takeMobileGrant(admin, userId);
  // Asking DingTalk may end sessions, and the lists show it.
  const answer = await findProfile(admin, userId, { showsMobile });
  const [sessions, history, reports, words] = await Promise.all([
    listSessionsOf(admin, userId),
    listSignIns(admin, { userId, after }),
    listReports(admin, userId),
    currentWords(),
  ]);
  const { employee } = words.people;
  if ("missing" in answer && answer.missing === "unknown") notFound();
  return (
    <>
      <NewSignIn viewer={admin} words={words} />
      <Link href="/admin/employees" className={`${linkLook} justify-self-start text-sm`}>
        ← {employee.back}
      </Link>
      <Outcome {...done} words={words} />
      {"missing" in answer ? (
        <Unavailable userId={userId} words={employee.unavailable} />
      ) : (
        <EmployeeView
          profile={answer.found}
          reports={reports}
          sessions={sessions}
          history={history}
          isNewest={after === null}
          asksAll={done.again === "all"}
          ownId={admin.session.id}
          words={words}
          {...actions}
        />
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
