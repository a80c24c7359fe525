import { type Words } from "@/lib/i18n/words";
import { type Ending } from "@/lib/sessions/watch";
import { Moment } from "./moment";
import { buttonLook } from "./ui/button";
import { cardLook } from "./ui/card";
import { Fact, Facts } from "./ui/facts";

type Props = { ending: Ending; signIn: string; words: Words };

/** Why a session ended, and when. One button, which has the focus. */
export function EndedCard({ ending: { endedAt, reason }, signIn, words }: Props) {
  const { ended } = words;
  const { title, what } = reason === null ? ended : ended.reasons[reason];
  return (
    <section role="alert" className={`${cardLook} grid w-full max-w-110 gap-2 px-6 py-8 sm:px-8`}>
      <h1 className="text-2xl">{title}</h1>
      <p className="text-muted">{what}</p>
      <div className="my-3 rounded-[12px] border border-line bg-raised px-4 py-3 text-sm">
        <Facts>
          <Fact label={ended.at}>
            <Moment date={endedAt} words={words} />
          </Fact>
        </Facts>
      </div>
      {/* biome-ignore lint/a11y/noAutofocus: the page came by itself, and this is the one thing to do. */}
      <a href={signIn} autoFocus className={buttonLook({ kind: "primary" })}>
        {ended.signIn}
      </a>
    </section>
  );
}
