import { type SyncView } from "@/lib/directory/admin";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { Notice } from "../notice";
import { Refresher } from "../refresher";
import { Button, linkLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { Link } from "../ui/link";

type Action = (form: FormData) => Promise<void>;
type Actions = { onCancel: Action; onApprove: Action };
type Props = { sync: SyncView; address: string; movesByItself: boolean; asksAgain: boolean; words: Words } & Actions;

/** So many names are read by no admin; the number says enough. */
const maxNamed = 300;

/** What the directory sync does now, where there is something to say or to decide. */
export function SyncStrip(props: Props) {
  const { latest } = props.sync;
  if (latest?.state === "running") return <Running {...props} />;
  if (latest?.state === "paused") return <Paused {...props} />;
  if (latest?.state === "failed") return <Failed {...props} />;
  return null;
}

function Running({ sync: { latest, progress }, address, movesByItself, words, onCancel }: Props) {
  const { sync } = words.directory;
  if (!latest || !progress) return null;
  const { departments, departmentsRead, secondsLeft } = progress;
  const { people, expectedPeople } = latest;
  const part = expectedPeople ? people / expectedPeople : departmentsRead / Math.max(1, departments);
  const refresh = (
    <a href={address} className={`${linkLook} justify-self-start text-sm`}>
      {sync.refresh}
    </a>
  );
  return (
    <section aria-label={sync.title} className={`${cardLook} grid gap-2.5 px-5 py-4`}>
      {movesByItself && <Refresher everyMs={1500} />}
      <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
        <span className="font-[650]">{sync.title}</span>
        <Count name={sync.departments} value={departmentsRead} of={departments} />
        <Count name={sync.people} value={people} of={expectedPeople} />
        <span className="ml-auto flex items-baseline gap-4 text-sm text-muted">
          {secondsLeft !== null && fill(sync.left, { count: secondsLeft })}
          <form action={onCancel}>
            <input type="hidden" name="run" value={latest.id} />
            <button type="submit" className={linkLook}>
              {sync.cancel}
            </button>
          </form>
        </span>
      </div>
      <progress aria-label={sync.title} max={1} value={Math.min(1, part)} className="h-1.5 w-full" />
      {movesByItself ? <noscript>{refresh}</noscript> : refresh}
    </section>
  );
}

function Count({ name, value, of }: { name: string; value: number; of: number | null }) {
  return (
    <span>
      {name} <b className="font-[650] tabular-nums">{value.toLocaleString("en")}</b>
      {of !== null && <span className="text-muted tabular-nums"> / {of.toLocaleString("en")}</span>}
    </span>
  );
}

/** Nothing happens until an admin decides. To give up is the safe choice; to deactivate is offered below the list of the people. */
function Paused({ sync: { latest, leavers, leaverLimit }, asksAgain, words, onCancel, onApprove }: Props) {
  const { sync } = words.directory;
  const count = leavers.length;
  return (
    <section aria-labelledby="sync-paused" className="grid gap-4 rounded-lg border border-warn/40 bg-warn-soft p-5">
      <div className="grid gap-1">
        <h2 id="sync-paused" className="text-warn">
          {fill(sync.paused, { count })}
        </h2>
        <p className="text-sm">{fill(sync.pausedWhat, { count: leaverLimit ?? 0 })}</p>
      </div>
      {asksAgain && <Notice tone="good">{sync.again}</Notice>}
      <form action={onCancel}>
        <input type="hidden" name="run" value={latest?.id} />
        <Button type="submit" kind="primary">
          {sync.abandon}
        </Button>
      </form>
      <details open={asksAgain}>
        <summary className={`${linkLook} cursor-pointer`}>{fill(sync.look, { count })}</summary>
        <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5">
          {leavers.slice(0, maxNamed).map(({ userId, name }) => (
            <li key={userId}>
              <Link href={`/admin/employees/${encodeURIComponent(userId)}`} className={linkLook}>
                {name}
              </Link>
            </li>
          ))}
          {count > maxNamed && <li>{fill(sync.more, { count: count - maxNamed })}</li>}
        </ul>
        <form action={onApprove} className="mt-4">
          <input type="hidden" name="run" value={latest?.id} />
          <Button type="submit" kind="danger">
            {fill(sync.approve, { count })}
          </Button>
        </form>
      </details>
    </section>
  );
}

function Failed({ sync: { latest }, words }: Props) {
  const { sync } = words.directory;
  const reasons: Record<string, string> = sync.reasons;
  const reason = reasons[latest?.reason ?? ""] ?? sync.reasons.unknown;
  const ago = latest?.endedAt ? formatsFor(words).ago(latest.endedAt, new Date()) : "";
  return <Notice tone="warn">{fill(sync.failed, { ago, reason })}</Notice>;
}
