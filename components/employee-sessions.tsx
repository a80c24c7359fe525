import { type EmployeeProfile } from "@/lib/employees/profile";
import { type Words } from "@/lib/i18n/words";
import { type SessionView } from "@/lib/sessions/view";
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
  const { userId, name } = profile.employee;
  const { employee } = words.people;
  return (
    <>
      <Card title={employee.signIn}>
        <SignInFacts profile={profile} words={words} />
      </Card>
      <Card title={employee.sessions} isWide>
        {sessions.length === 0 && <p className="text-muted">{employee.noSessions}</p>}
        <SessionList sessions={sessions} ownId={ownId} words={words} />
        {sessions.length > 0 && (
          <EndSessions userId={userId} name={name} count={sessions.length} words={employee} onEnd={onEnd} />
        )}
      </Card>
    </>
  );
}

function SignInFacts({ profile, words }: Pick<Props, "profile" | "words">) {
  const { facts, neverSignedIn } = words.people;
  const { lastSignedInAt, fetchedAt } = profile;
  return (
    <Facts>
      <Fact label={facts.lastSignIn} absent={neverSignedIn}>
        {lastSignedInAt && <Moment date={lastSignedInAt} words={words.time} />}
      </Fact>
      <Fact label={facts.fetched}>
        <Moment date={fetchedAt} words={words.time} />
      </Fact>
    </Facts>
  );
}
