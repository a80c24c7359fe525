import { type EmployeeProfile } from "@/lib/employees/profile";
import { fill } from "@/lib/i18n/fill";
import { countMonths, formatPhone, formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { linkLook } from "./ui/button";
import { Fact, Facts } from "./ui/facts";
import { Link } from "./ui/link";

type Employee = EmployeeProfile["employee"];
type Action = (form: FormData) => Promise<void>;

type WorkProps = { profile: EmployeeProfile; words: Words; mayOpenOthers: boolean };

export function WorkFacts({ profile, words, mayOpenOthers }: WorkProps) {
  const { facts, absent } = words.people;
  const { day, tenure } = formatsFor(words);
  const { workPlace, hiredAtMs } = profile.employee;
  const hiredAt = hiredAtMs === null ? null : new Date(hiredAtMs);
  return (
    <Facts>
      <Fact label={facts.departments} absent={absent}>
        {profile.departments.length > 0 && <Departments departments={profile.departments} words={words.people} />}
      </Fact>
      <Fact label={facts.manager} absent={absent}>
        {profile.manager && <Manager manager={profile.manager} isLink={mayOpenOthers} />}
      </Fact>
      <Fact label={facts.workPlace} absent={absent}>
        {workPlace}
      </Fact>
      <Fact label={facts.hired} absent={absent}>
        {hiredAt && (
          <>
            <time dateTime={hiredAt.toISOString()}>{day(hiredAt)}</time>{" "}
            <span className="whitespace-nowrap text-muted">· {tenure(countMonths(hiredAt, new Date()))}</span>
          </>
        )}
      </Fact>
    </Facts>
  );
}

type ContactProps = { profile: EmployeeProfile; words: Words; onShowMobile: Action | undefined };

export function ContactFacts({ profile, words, onShowMobile }: ContactProps) {
  const { facts, absent } = words.people;
  const { mobile, telephone, orgEmail, email } = profile.employee;
  return (
    <Facts>
      <Fact label={facts.mobile} absent={absent}>
        {mobile && <Mobile profile={profile} words={words} onShow={onShowMobile} />}
      </Fact>
      <Fact label={facts.telephone} absent={absent}>
        {telephone}
      </Fact>
      <Fact label={facts.orgEmail} absent={absent}>
        {orgEmail && <Mail address={orgEmail} />}
      </Fact>
      <Fact label={facts.email} absent={absent}>
        {email && <Mail address={email} />}
      </Fact>
    </Facts>
  );
}

type MobileProps = { profile: EmployeeProfile; words: Words; onShow: Action | undefined };

/** A number that the employee hides is masked for an admin, and shown once after a tap that is recorded. */
function Mobile({ profile: { employee, isMobileMasked }, words, onShow }: MobileProps) {
  const { userId, name, mobile, stateCode, hideMobile } = employee;
  const { show, showNamed, recorded } = words.employeePage.mobile;
  if (!hideMobile) return formatPhone(mobile ?? "", stateCode);
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-3">
        <span>
          {formatPhone(mobile ?? "", stateCode)} <span className="text-muted">· {words.people.hidden}</span>
        </span>
        {onShow && isMobileMasked && (
          <form action={onShow}>
            <input type="hidden" name="userId" value={userId} />
            <button type="submit" aria-label={fill(showNamed, { name })} className={linkLook}>
              {show}
            </button>
          </form>
        )}
      </span>
      {onShow && !isMobileMasked && <span className="block text-sm text-muted">{recorded}</span>}
    </>
  );
}

export function IdentityFacts({ employee, words }: { employee: Employee; words: Words }) {
  return (
    <Facts>
      <Fact label="userId">
        <code>{employee.userId}</code>
      </Fact>
      <Fact label="unionId">
        <code>{employee.unionId}</code>
      </Fact>
      <Fact label={words.people.facts.roles}>{formatsFor(words).list(employee.roles.map(({ name }) => name))}</Fact>
    </Facts>
  );
}

function Departments({ departments, words }: { departments: EmployeeProfile["departments"]; words: Words["people"] }) {
  return (
    <ul className="grid gap-2">
      {departments.map(({ id, name, path }) => (
        <li key={id}>
          {name ?? fill(words.department, { id })}
          {path.length > 1 && <span className="block text-sm text-muted">{path.join(" / ")}</span>}
        </li>
      ))}
    </ul>
  );
}

function Manager({ manager, isLink }: { manager: NonNullable<EmployeeProfile["manager"]>; isLink: boolean }) {
  const name = manager.name ?? manager.userId;
  if (!isLink) return name;
  return (
    <Link href={`/admin/employees/${encodeURIComponent(manager.userId)}`} className={linkLook}>
      {name}
    </Link>
  );
}

function Mail({ address }: { address: string }) {
  return (
    <a href={`mailto:${address}`} className={linkLook}>
      {address}
    </a>
  );
}
