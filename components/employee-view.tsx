import { type EmployeeProfile } from "@/lib/employees/profile";
import { type Reports } from "@/lib/employees/reports";
import { type Words } from "@/lib/i18n/words";
import { type SignInPage } from "@/lib/sessions/history";
import { type SessionView } from "@/lib/sessions/view";
import { EmployeeCard } from "./employee-card";
import { EmployeeHistory } from "./employee-history";
import { EmployeeReports } from "./employee-reports";
import { EmployeeSessions } from "./employee-sessions";
import { EmployeeSource } from "./employee-source";

type Action = (form: FormData) => Promise<void>;
type Props = {
  profile: EmployeeProfile;
  reports: Reports;
  sessions: SessionView[];
  history: SignInPage;
  /** Whether the history begins at the newest sign-in. */
  isNewest: boolean;
  /** Whether the form that ends all sessions is open at first. */
  asksAll: boolean;
  ownId: string;
  words: Words;
  onShowMobile: Action;
  onAsk: Action;
  onEnd: Action;
  onEndAll: Action;
};

/** All that an admin sees of one employee, and can do. */
export function EmployeeView({ profile, reports, sessions, history, isNewest, ownId, asksAll, words, ...on }: Props) {
  return (
    <EmployeeCard profile={profile} words={words} mayOpenOthers onShowMobile={on.onShowMobile}>
      <EmployeeSource profile={profile} words={words} onAsk={on.onAsk} />
      <EmployeeReports reports={reports} words={words.employeePage.reports} />
      <EmployeeSessions
        profile={profile}
        sessions={sessions}
        ownId={ownId}
        asksAll={asksAll}
        words={words}
        onEnd={on.onEnd}
        onEndAll={on.onEndAll}
      />
      <EmployeeHistory page={history} userId={profile.employee.userId} isFirst={isNewest} words={words} />
    </EmployeeCard>
  );
}
