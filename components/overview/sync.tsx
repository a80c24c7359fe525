import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type Overview } from "@/lib/statistics/overview";
import { linkLook } from "../ui/button";
import { Link } from "../ui/link";
import { Mark } from "../ui/mark";
import { Figure, Panel } from "./panel";

type Props = Pick<Overview, "sync" | "events"> & { words: Words };

const tones = { running: "accent", paused: "warn", done: "good", failed: "bad", cancelled: "plain" } as const;

/** What the directory sync does or did last, and whether DingTalk's events arrive. */
export function Sync({ sync: { latest, lastDone, leavers }, events, words }: Props) {
  const { sync, attention } = words.overview;
  const { moment } = formatsFor(words);
  const state = latest?.state;
  return (
    <Panel title={sync.title} note={state && <Mark tone={tones[state]}>{words.directory.sync.states[state]}</Mark>}>
      <p>{describe({ latest, leavers }, words)}</p>
      <p className="mt-1.5 mb-4">
        <Link href="/admin/employees" className={linkLook}>
          {state === "paused" ? attention.links.sync : sync.link}
        </Link>
      </p>
      <dl className="mt-auto grid gap-2 border-t border-line pt-4 text-sm">
        {lastDone?.endedAt && (
          <>
            <Figure name={sync.lastDone}>
              {moment(lastDone.endedAt, new Date())} · {fill(sync.took, { count: secondsOf(lastDone) })}
            </Figure>
            <Figure name={sync.changes}>{fill(words.directory.sync.done, { ...numbersOf(lastDone) })}</Figure>
          </>
        )}
        <Figure name={sync.events}>{describeEvents(events, words)}</Figure>
      </dl>
    </Panel>
  );
}

type Run = NonNullable<Overview["sync"]["latest"]>;

function describe({ latest, leavers }: Pick<Overview["sync"], "latest" | "leavers">, { overview: { sync } }: Words) {
  if (!latest) return sync.never;
  if (latest.state === "running") return fill(sync.running, { count: latest.people });
  return latest.state === "paused" ? fill(sync.paused, { count: leavers }) : sync[latest.state];
}

function describeEvents({ mode, isConnected, lastEventAt }: Overview["events"], words: Words): string {
  const { off, waiting, last, disconnected, connected } = words.overview.sync.eventStates;
  if (mode === "off") return off;
  if (isConnected === false) return disconnected;
  if (lastEventAt) return fill(last, { ago: formatsFor(words).ago(lastEventAt, new Date()) });
  return isConnected ? connected : waiting;
}

function secondsOf({ startedAt, endedAt }: Run): number {
  return Math.max(1, Math.round(((endedAt?.getTime() ?? 0) - startedAt.getTime()) / 1000));
}

function numbersOf({ added, changed, deactivated }: Run) {
  return { added, changed, deactivated };
}
