import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { callbackPath } from "@/lib/sign-in-method";
import { linkLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { WaitClock } from "./wait-clock";

type Props = { place: number; seconds: number; words: Pick<Words["login"], "heading" | "lead" | "wait"> };

/** The place is shown anew at least this often. Each time costs the server a page, in the very minutes in which it has most to do. */
const maxSeconds = 20;

/** A place in the queue, where the QR code was. Without scripts the browser itself asks again. */
export function WaitPanel({ place, seconds, words }: Props) {
  const { wait } = words;
  const goOnTo = `${callbackPath("redirect")}?waiting=1`;
  const goOnAfter = Math.min(seconds, maxSeconds);
  return (
    <section className={`${cardLook} grid w-full max-w-100 overflow-hidden md:max-w-220 md:grid-cols-[1fr_384px]`}>
      <div className="flex flex-col justify-center gap-2 px-6.5 py-8 md:p-11">
        <h1>{words.heading}</h1>
        <p className="max-w-[36em] text-muted">{words.lead}</p>
      </div>
      <div className="flex flex-col items-center gap-4.5 border-line bg-raised px-5 pt-8 pb-6 text-center max-md:border-t md:min-h-118 md:border-l md:px-8 md:pt-11">
        <WaitClock
          seconds={seconds}
          goOnTo={goOnTo}
          goOnAfter={goOnAfter}
          words={{ about: wait.about, seconds: wait.seconds }}
        />
        <div role="status" className="grid gap-2">
          <h2 className="text-lg">{place === 0 ? wait.next : fill(wait.place, { count: place })}</h2>
          <p className="max-w-[30em] text-sm text-muted">{wait.why}</p>
        </div>
        <a href="/login" className={`${linkLook} mt-auto text-sm`}>
          {wait.leave}
        </a>
        <noscript>
          <meta httpEquiv="refresh" content={`${goOnAfter};url=${goOnTo}`} />
        </noscript>
      </div>
    </section>
  );
}
