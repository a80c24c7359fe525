import { type EmployeeProfile } from "@/lib/employees/profile";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type SessionView } from "@/lib/sessions/view";
import { Moment } from "./moment";
import { SessionList } from "./sessions";
import { Button, buttonLook } from "./ui/button";
import { Card } from "./ui/card";
import { Fact, Facts } from "./ui/facts";

type Props = {
  profile: EmployeeProfile;
  sessions: SessionView[];
  ownId: string;
  /** Whether the form that ends all of them is open at first. */
  asksAll: boolean;
  words: Words;
  onEnd: (form: FormData) => Promise<void>;
};

/** When the employee last signed in, where they are signed in now, and how to end it. */
export function EmployeeSessions({ profile, sessions, ownId, asksAll, words, onEnd }: Props) {
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
          <EndSessions
            userId={userId}
            name={name}
            count={sessions.length}
            isOpen={asksAll}
            words={employee}
            onEnd={onEnd}
          />
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
        {lastSignedInAt && <Moment date={lastSignedInAt} words={words} />}
      </Fact>
      <Fact label={facts.fetched}>
        <Moment date={fetchedAt} words={words} />
      </Fact>
    </Facts>
  );
}

type EndProps = {
  userId: string;
  name: string;
  count: number;
  isOpen: boolean;
  words: Words["people"]["employee"];
  onEnd: (form: FormData) => Promise<void>;
};

/** Ends every session of the employee: asked twice, the second time with what it means, and without needing scripts. */
function EndSessions({ userId, name, count, isOpen, words, onEnd }: EndProps) {
  return (
    <details open={isOpen} className="mt-4">
      <summary className={`${buttonLook()} list-none`}>{fill(words.endAll, { count })}</summary>
      <form action={onEnd} className="mt-3 grid justify-items-start gap-3 rounded-md bg-bad-soft p-4">
        <input type="hidden" name="userId" value={userId} />
        <p>{fill(words.endAsk, { name })}</p>
        <Button type="submit" kind="danger">
          {words.endConfirm}
        </Button>
      </form>
    </details>
  );
}
