import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type SignIn, type SignInPage } from "@/lib/sessions/history";
import { addressOfPerson } from "./audit/address";
import { Moment } from "./moment";
import { describeSession, nameDevice } from "./sessions";
import { buttonLook, linkLook } from "./ui/button";
import { Card } from "./ui/card";
import { Link } from "./ui/link";
import { Mark } from "./ui/mark";

type Props = { page: SignInPage; userId: string; isFirst: boolean; words: Words };

/** Every sign-in of an employee that is on record, ended and refused ones too, a page at a time. */
export function EmployeeHistory({ page: { signIns, next, keptDays }, userId, isFirst, words }: Props) {
  const { history } = words.employeePage;
  const path = `/admin/employees/${encodeURIComponent(userId)}` as const;
  return (
    <Card title={history.title} id="history" isWide>
      {signIns.length === 0 && <p className="text-muted">{history.none}</p>}
      <ul className="divide-y divide-line">
        {signIns.map((signIn) => (
          <li
            key={signIn.key}
            className="grid gap-x-6 gap-y-0.5 py-4 first:pt-0 last:pb-0 md:grid-cols-[1fr_auto] md:items-baseline"
          >
            <SignInLines signIn={signIn} words={words} />
          </li>
        ))}
      </ul>
      <nav aria-label={history.title} className="mt-5 flex flex-wrap gap-3 empty:hidden">
        {!isFirst && (
          <Link href={`${path}#history`} className={buttonLook()}>
            {history.newest}
          </Link>
        )}
        {next && (
          <Link href={`${path}?${new URLSearchParams({ history: next })}#history`} className={buttonLook()}>
            {history.older}
          </Link>
        )}
      </nav>
      <p className="mt-5 flex flex-wrap justify-between gap-x-6 gap-y-1 text-sm text-muted">
        {fill(history.kept, keptDays)}
        <Link href={addressOfPerson(userId)} prefetch={false} className={linkLook}>
          {history.audit}
        </Link>
      </p>
    </Card>
  );
}

type LinesProps<Kind> = { signIn: Extract<SignIn, { kind: Kind }>; words: Words };

function SignInLines({ signIn, words }: { signIn: SignIn; words: Words }) {
  if (signIn.kind === "session") return <SessionLines signIn={signIn} words={words} />;
  return <RefusalLines signIn={signIn} words={words} />;
}

function SessionLines({ signIn: { at, session, ending }, words }: LinesProps<"session">) {
  const { people, employeePage } = words;
  const { live, ended, endReasons } = employeePage.history;
  return (
    <>
      <span className="flex flex-wrap items-center gap-2">
        {nameDevice(session, words)}
        {!ending && <Mark tone="good">{live}</Mark>}
      </span>
      <span className="text-sm md:text-right">
        <span className="text-muted">{people.facts.started}</span> <Moment date={at} words={words} />
      </span>
      <span className="text-sm text-muted">{describeSession(session, words)}</span>
      {ending && (
        <span className="text-sm md:text-right">
          <span className="text-muted">{ended}</span> <Moment date={ending.endedAt} words={words} />
          {ending.reason && <span className="block text-muted">{endReasons[ending.reason]}</span>}
        </span>
      )}
    </>
  );
}

function RefusalLines({ signIn: { at, refused }, words }: LinesProps<"refusal">) {
  const { refused: title, reference, repeated } = words.employeePage.history;
  const method = refused.method && words.people.method[refused.method];
  return (
    <>
      <span>
        {title} <span className="text-bad">{words.audit.reasons[refused.reason]}</span>
      </span>
      <span className="text-sm md:text-right">
        <Moment date={at} words={words} />
      </span>
      <span className="text-sm text-muted">
        {[nameDevice(refused, words), method, refused.ip].filter(Boolean).join(" · ")}
      </span>
      <span className="text-sm text-muted md:text-right">
        {refused.count > 1 && `${fill(repeated, { count: refused.count })} · `}
        {refused.reference && (
          <>
            {reference} <code className="text-ink select-all">{refused.reference}</code>
          </>
        )}
      </span>
    </>
  );
}
