import type { EmployeeProfile } from "@/lib/employees/profile";
import type { Words } from "@/lib/i18n/words";
import type { SessionView } from "@/lib/sessions/view";
import { EndSessions } from "./end-sessions";
import { Moment } from "./moment";
import { SessionList } from "./sessions";
import { Card } from "./ui/card";
import { Fact, Facts } from "./ui/facts";

type Props = {
  profile: EmployeeProfile;
  sessions: SessionView[];
  ownId: string;
  words: Words;
  onEnd: (form: FormData) => Promise<void>;
};

/** When somebody was last here, where they are signed in now, and how to end it. */
export function EmployeeSessions({ profile, sessions, ownId, words, onEnd }: Props) {
  const { employee, fetchedAt, lastSignedInAt } = profile;
  const { people, time } = words;
  return (
    <Card title={people.employee.sessions}>
      {sessions.length > 0 ? (
        <SessionList sessions={sessions} ownId={ownId} words={words} />
      ) : (
        <p className="text-muted">{people.employee.noSessions}</p>
      )}
      <div className="mt-4 border-t border-line pt-4">
        <Facts>
          <Fact label={people.facts.lastSignIn} absent={people.neverSignedIn}>
            {lastSignedInAt && <Moment date={lastSignedInAt} words={time} />}
          </Fact>
          <Fact label={people.facts.fetched}>
            <Moment date={fetchedAt} words={time} />
          </Fact>
        </Facts>
      </div>
      {sessions.length > 0 && (
        <EndSessions
          userId={employee.userId}
          name={employee.name}
          count={sessions.length}
          words={people.employee}
          onEnd={onEnd}
        />
      )}
    </Card>
  );
}
