import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type TrailEvent } from "@/lib/trail/list";

type Told = Pick<TrailEvent, "kind" | "reason" | "count" | "person" | "actor">;

/** A sentence in which `{person}`, `{actor}` and `{reason}` are still to be put, and the reason in words. */
export type Sentence = { template: string; reason: string };

/** What happened, as one sentence. */
export function describeEvent(event: Told, words: Words): Sentence {
  const sentences: Record<string, string> = words.audit.sentences;
  const template = sentences[sentenceKey(event)];
  if (template === undefined) return { template: words.audit.sentences.unknown_kind, reason: event.kind };
  return { template: fill(template, { count: event.count }), reason: describeReason(event, words) };
}

/** Some kinds say another thing in a special case. */
function sentenceKey({ kind, reason, count, person, actor }: Told): string {
  if (kind === "refused" && count > 1) return "refused_again";
  if (kind === "employee_erased" && reason === "forced") return "employee_erased_by_force";
  if (kind === "session_ended" && actor && actor.userId !== person?.userId) return "session_revoked";
  return kind;
}

/** The reason in words. Names of settings and masked words stand for themselves. */
function describeReason({ kind, reason }: Told, words: Words): string {
  if (!reason) return "";
  const { reasons, numbers }: { reasons: Record<string, string>; numbers: Words["audit"]["numbers"] } = words.audit;
  if (kind.endsWith("_searched")) return fill(numbers.searched, { term: reason });
  if (kind.endsWith("_exported")) return describeRows(reason, numbers);
  if (kind === "sync_paused") return fill(numbers.paused, { count: Number(reason) });
  if (kind === "sync_ended") return describeSync(reason, words);
  return reasons[reason] ?? reason;
}

function describeRows(reason: string, { rows }: Words["audit"]["numbers"]): string {
  return reason.replace(/^(\d+) rows/, (_rows, count: string) => fill(rows, { count: Number(count) }));
}

function describeSync(reason: string, { audit, directory: { sync } }: Words): string {
  const [outcome, ...rest] = reason.split(" ");
  if (outcome === "cancelled") return audit.numbers.cancelled;
  if (outcome === "done") {
    const [added = "", changed = "", deactivated = ""] = rest.map((number) => number.slice(1));
    return fill(sync.done, { added, changed, deactivated });
  }
  const reasons: Record<string, string> = { ...audit.reasons, ...sync.reasons };
  return outcome === "failed"
    ? fill(audit.numbers.failed, { reason: reasons[rest.join(" ")] ?? sync.reasons.unknown })
    : reason;
}
