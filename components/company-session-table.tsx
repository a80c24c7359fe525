import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type CompanySession } from "@/lib/sessions/company";
import { Ago } from "./moment";
import { nameDevice } from "./sessions";
import { Avatar } from "./ui/avatar";
import { Button, linkLook } from "./ui/button";
import { cardLook } from "./ui/card";
import { Link } from "./ui/link";
import { Mark } from "./ui/mark";

type Action = (form: FormData) => Promise<void>;
type Props = { sessions: CompanySession[]; ownId: string; words: Words; onEnd: Action };

const cell = "lg:px-4 lg:py-3 lg:first:pl-6 lg:last:pr-6";
/** On a phone the cells of a row stand under the name. */
const narrow = "max-lg:block max-lg:pl-13.5";

/** A table where there is room for one; on a phone each row becomes a small card of the same cells. */
export function CompanySessionTable({ sessions, ownId, words, onEnd }: Props) {
  const { columns, end } = words.companySessions;
  return (
    <div className={`${cardLook} overflow-hidden`}>
      <table className="w-full border-collapse text-left max-lg:block">
        <thead className="border-b border-line bg-raised text-sm text-muted max-lg:sr-only">
          <tr>
            <th className={`${cell} font-normal`}>{columns.employee}</th>
            <th className={`${cell} font-normal`}>{columns.device}</th>
            <th className={`${cell} font-normal`}>{columns.started}</th>
            <th className={`${cell} font-normal`}>{columns.lastSeen}</th>
            <th className={cell}>
              <span className="sr-only">{end}</span>
            </th>
          </tr>
        </thead>
        <tbody className="max-lg:block">
          {sessions.map((session) => (
            <Row key={session.id} session={session} isOwn={session.id === ownId} words={words} onEnd={onEnd} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { session: CompanySession; isOwn: boolean; words: Words; onEnd: Action };

function Row({ session, isOwn, words, onEnd }: RowProps) {
  const { people, companySessions } = words;
  const { columns } = companySessions;
  return (
    <tr className="border-line not-last:border-b max-lg:block max-lg:px-4 max-lg:py-4">
      <td className={`${cell} max-lg:block`}>
        <Person session={session} isOwn={isOwn} words={words} />
      </td>
      <td className={`${cell} ${narrow}`}>
        {nameDevice(session, words)}
        <span className="block text-sm text-muted">
          {[people.method[session.method], session.ip].filter(Boolean).join(" · ")}
        </span>
      </td>
      <td className={`${cell} ${narrow} text-sm`}>
        <span className="text-muted lg:hidden">{columns.started} </span>
        <Ago date={session.startedAt} words={words} />
      </td>
      <td className={`${cell} ${narrow} text-sm`}>
        <span className="text-muted lg:hidden">{columns.lastSeen} </span>
        <Ago date={session.lastSeenAt} words={words} />
      </td>
      <td className={`${cell} ${narrow} text-right max-lg:pt-3 max-lg:text-left max-lg:empty:hidden`}>
        {!isOwn && <EndOne session={session} words={words} onEnd={onEnd} />}
      </td>
    </tr>
  );
}

function Person({ session: { userId, name, avatarUrl }, isOwn, words }: Omit<RowProps, "onEnd">) {
  return (
    <span className="flex items-center gap-3.5">
      <Avatar name={name} url={avatarUrl} />
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 [overflow-wrap:anywhere]">
        <Link href={`/admin/employees/${encodeURIComponent(userId)}`} className={`${linkLook} font-[550]`}>
          {name}
        </Link>
        {isOwn && <Mark tone="accent">{words.people.marks.thisSession}</Mark>}
      </span>
    </span>
  );
}

function EndOne({ session, words, onEnd }: Omit<RowProps, "isOwn">) {
  const { end, endNamed } = words.companySessions;
  const label = fill(endNamed, { name: session.name, device: nameDevice(session, words) });
  return (
    <form action={onEnd}>
      <input type="hidden" name="id" value={session.id} />
      <Button type="submit" aria-label={label}>
        {end}
      </Button>
    </form>
  );
}
