import { ChevronRight } from "lucide-react";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type TrailEvent } from "@/lib/trail/list";
import { nameDevice } from "../sessions";
import { RowFacts } from "./row-facts";
import { Sentence } from "./sentence";

const dots = {
  succeeded: "bg-good",
  refused: "bg-bad",
  attention: "bg-warn",
  system: "border-[1.5px] border-muted",
};

/** On a phone the time and the reference stand under the sentence. */
const columns =
  "grid grid-cols-[8px_minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 md:grid-cols-[72px_8px_minmax(0,1fr)_auto_16px] md:gap-x-3.5";

/** One event: a sentence, and everything that is stored of it when it is opened. */
export function Row({ event, words }: { event: TrailEvent; words: Words }) {
  const { at, outcome, reference } = event;
  return (
    <details data-event={event.id} className="group animate-appear border-t border-line open:bg-raised">
      <summary
        className={`${columns} list-none items-baseline px-4 py-2.5 text-[14.5px] -outline-offset-2 hover:bg-raised md:px-5 md:py-2 pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden`}
      >
        <time
          dateTime={at.toISOString()}
          className="text-sm text-muted max-md:col-start-2 max-md:row-start-2 md:col-start-1"
        >
          {formatsFor(words).clock(at)}
        </time>
        <span
          role="img"
          aria-label={words.audit.outcomes[outcome]}
          className={`size-2 self-center rounded-full max-md:col-start-1 max-md:row-start-1 ${dots[outcome]}`}
        />
        <span className="min-w-0 [overflow-wrap:anywhere] max-md:col-span-2 max-md:col-start-2 max-md:row-start-1">
          <Sentence event={event} words={words} />
          <Circumstances event={event} words={words} />
        </span>
        <code className="text-sm text-muted max-md:col-start-3 max-md:row-start-2">{reference}</code>
        <ChevronRight aria-hidden="true" className="size-4 self-center text-muted group-open:rotate-90 max-md:hidden" />
      </summary>
      <RowFacts event={event} words={words} />
    </details>
  );
}

/** How a sign-in was made, which its sentence leaves out. */
function Circumstances({ event, words }: { event: TrailEvent; words: Words }) {
  if (event.kind !== "signed_in") return null;
  const method = event.method && words.people.method[event.method];
  const device = event.device.browser && nameDevice(event.device, words);
  const told = [method, device].filter(Boolean).join(" · ");
  return told && <span className="text-muted"> · {told}</span>;
}
