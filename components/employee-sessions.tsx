import { type EmployeeProfile } from "@/lib/employees/profile";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type SessionView } from "@/lib/sessions/view";
import { Moment } from "./moment";
import { nameDevice, SessionList } from "./sessions";
import { Button, buttonLook } from "./ui/button";
import { Card } from "./ui/card";

type Action = (form: FormData) => Promise<void>;
type Props = {
  profile: EmployeeProfile;
  sessions: SessionView[];
  ownId: string;
  /** Whether the form that ends all of them is open at first. */
  asksAll: boolean;
  words: Words;
  onEnd: Action;
  onEndAll: Action;
};

/** Where the employee is signed in now, and how to end one or all of it. */
export function EmployeeSessions({ profile, sessions, ownId, asksAll, words, onEnd, onEndAll }: Props) {
  const { userId, name } = profile.employee;
  const { employee } = words.people;
  return (
    <Card title={employee.sessions} isWide>
      {sessions.length === 0 && (
        <p className="text-muted">
          {employee.noSessions} <LastSignIn at={profile.lastSignedInAt} words={words} />
        </p>
      )}
      <SessionList
        sessions={sessions}
        ownId={ownId}
        words={words}
        actionFor={(session) =>
          session.id !== ownId && (
            <form action={onEnd}>
              <input type="hidden" name="userId" value={userId} />
              <input type="hidden" name="id" value={session.id} />
              <Button type="submit" aria-label={nameEnd(session, { name, words })}>
                {words.employeePage.end}
              </Button>
            </form>
          )
        }
      />
      {sessions.length > 0 && (
        <EndSessions
          userId={userId}
          name={name}
          count={sessions.length}
          isOpen={asksAll}
          words={employee}
          onEnd={onEndAll}
        />
      )}
    </Card>
  );
}

function nameEnd(session: SessionView, { name, words }: { name: string; words: Words }): string {
  return fill(words.employeePage.endNamed, { name, device: nameDevice(session, words) });
}

function LastSignIn({ at, words }: { at: Date | null; words: Words }) {
  const { facts, neverSignedIn } = words.people;
  if (!at) return neverSignedIn;
  return (
    <>
      {facts.lastSignIn} <Moment date={at} words={words} />
    </>
  );
}

type EndProps = {
  userId: string;
  name: string;
  count: number;
  isOpen: boolean;
  words: Words["people"]["employee"];
  onEnd: Action;
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
