import { type ReactNode } from "react";
import { buttonLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { linkLook } from "../ui/link-look";

/** The sign-in card on a single device: a phone, or DingTalk's own window. */
export function LoginCard({ children }: { children: ReactNode }) {
  return <section className={`${cardLook} grid w-full max-w-105 gap-6 px-6 py-8 sm:px-8`}>{children}</section>;
}

const looks = {
  quiet: `${linkLook} text-sm`,
  big: buttonLook({ size: "big" }),
  primary: buttonLook({ kind: "primary", size: "big" }),
};

type Props = { returnTo: string; label: string; look: keyof typeof looks };

/** Leads to DingTalk's own sign-in page. This method needs neither scripts nor a frame. */
export function RedirectForm({ returnTo, label, look }: Props) {
  return (
    <form method="post" action="/login/start" className="grid justify-items-center">
      <input type="hidden" name="method" value="redirect" />
      <input type="hidden" name="returnTo" value={returnTo} />
      <button type="submit" className={looks[look]}>
        {label}
      </button>
    </form>
  );
}
