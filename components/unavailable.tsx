import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type Unavailability } from "@/lib/unavailable";
import { buttonLook } from "./ui/button";
import { cardLook } from "./ui/card";

type Props = { reason: Unavailability; words: Words["unavailable"] };

/** The session still stands, but whose it is cannot be checked now. The link loads the same address again. */
export function UnavailableCard({ reason, words }: Props) {
  const { title, what, next } = words[reason.cause];
  const count = reason.cause === "dingtalk" ? reason.hours : 0;
  return (
    <section className={`${cardLook} grid w-full max-w-150 gap-2 px-6 py-8 sm:px-8`}>
      <h1 className="text-2xl">{title}</h1>
      <p className="text-muted">{fill(what, { count })}</p>
      <p>{next}</p>
      {/* biome-ignore lint/a11y/useValidAnchor: an empty address is the current one, with its query, which this card does not know. */}
      <a href="" className={`${buttonLook({ kind: "primary" })} mt-4 justify-self-start`}>
        {words.again}
      </a>
    </section>
  );
}
