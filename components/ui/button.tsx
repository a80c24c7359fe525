import { type ComponentProps } from "react";

type Look = { kind?: "plain" | "primary" | "danger"; size?: "normal" | "big" };

const kinds = {
  plain: "border-edge/60 bg-surface text-ink hover:bg-raised",
  primary: "border-transparent bg-accent text-accent-ink hover:brightness-110",
  danger: "border-transparent bg-bad text-accent-ink hover:brightness-110",
};

const sizes = {
  normal: "min-h-10 px-4 rounded-md pointer-coarse:min-h-11",
  big: "min-h-13 w-full px-5 rounded-[12px] text-lg",
};

/** The classes of a button, for links that look like one. */
export function buttonLook({ kind = "plain", size = "normal" }: Look = {}): string {
  const shape = "inline-flex items-center justify-center gap-2 border font-[550] transition-[background-color,filter]";
  return `${shape} ${kinds[kind]} ${sizes[size]}`;
}

/** The classes of a quiet link: the accent says it acts, the underline comes when pointed at. */
export const linkLook = "tap rounded-sm text-accent underline-offset-4 hover:underline";

export function Button({ kind, size, type = "button", ...rest }: Look & ComponentProps<"button">) {
  return <button type={type} className={buttonLook({ kind, size })} {...rest} />;
}
