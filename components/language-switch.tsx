import { type Words } from "@/lib/i18n/words";
import { linkLook } from "./ui/link-look";

type Props = { current: string; words: Words["site"] };

/** The other language, one press away; works without scripts. */
export function LanguageSwitch({ current, words }: Props) {
  const other = current === "en" ? "zh-CN" : "en";
  return (
    <form method="post" action="/language" className="text-sm">
      <button type="submit" name="language" value={other} lang={other} className={linkLook}>
        {words.languages[other]}
      </button>
    </form>
  );
}
