import { buttonLook } from "../ui/button";
import { linkLook } from "../ui/link-look";

const looks = {
  quiet: `${linkLook} text-sm`,
  big: buttonLook({ size: "big" }),
  primary: buttonLook({ kind: "primary", size: "big" }),
};

type Props = { returnTo: string; label: string; look: keyof typeof looks };

/** Leaves for DingTalk's own sign-in page; the one way in that needs neither scripts nor a frame. */
export function RedirectForm({ returnTo, label, look }: Props) {
  return (
    <form method="post" action="/login/start" className="grid justify-items-center">
      <input type="hidden" name="way" value="redirect" />
      <input type="hidden" name="returnTo" value={returnTo} />
      <button type="submit" className={looks[look]}>
        {label}
      </button>
    </form>
  );
}
