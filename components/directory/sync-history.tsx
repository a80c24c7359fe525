import { type SyncView } from "@/lib/directory/admin";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { Moment } from "../moment";
import { linkLook } from "../ui/button";

type Run = SyncView["runs"][number];

/** The latest runs and what each did. */
export function SyncHistory({ runs, words }: { runs: Run[]; words: Words }) {
  const { sync } = words.directory;
  if (runs.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className={`${linkLook} cursor-pointer`}>{sync.history}</summary>
      <ul className="mt-3 grid gap-2">
        {runs.map((run) => (
          <li key={run.id} className="flex flex-wrap gap-x-4 gap-y-0.5">
            <Moment date={run.startedAt} words={words} />
            <span>{sync.triggers[run.trigger]}</span>
            <span className={run.state === "failed" ? "text-bad" : ""}>{sync.states[run.state]}</span>
            <span className="text-muted">{describe(run, sync)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function describe(run: Run, sync: Words["directory"]["sync"]): string {
  const reasons: Record<string, string> = sync.reasons;
  if (run.state === "failed") return reasons[run.reason ?? ""] ?? sync.reasons.unknown;
  const { added, changed, deactivated, outOfRange } = run;
  return (
    fill(sync.done, { added, changed, deactivated }) +
    (outOfRange > 0 ? fill(sync.outOfRange, { count: outOfRange }) : "")
  );
}
