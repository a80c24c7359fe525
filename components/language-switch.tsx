import { languages } from "@/lib/i18n/languages";
import { linkLook } from "./ui/link-look";

type Props = { current: string; label: string };

/** The other languages, one press away; works without scripts. */
export function LanguageSwitch({ current, label }: Props) {
  return (
    <form method="post" action="/language" aria-label={label} className="flex gap-4 text-sm">
      {languages
        .filter(({ code }) => code !== current)
        .map(({ code, name }) => (
          <button key={code} type="submit" name="language" value={code} lang={code} className={linkLook}>
            {name}
          </button>
        ))}
    </form>
  );
}
