import { type ReactNode } from "react";
import { cardLook } from "../ui/card";

type Props = { say: ReactNode; scan: ReactNode; footer: ReactNode };

/** The sign-in card of a desktop browser: what to do on one side, what to scan on the other. */
export function LoginPanel({ say, scan, footer }: Props) {
  return (
    <section className={`${cardLook} grid w-full max-w-100 overflow-hidden md:max-w-220 md:grid-cols-[1fr_384px]`}>
      <div className="flex flex-col justify-center gap-7 px-6.5 py-8 md:p-11">{say}</div>
      <div className="flex flex-col items-center gap-4 border-line bg-raised px-5 pt-8 pb-6 max-md:border-t md:border-l md:px-8 md:pt-10">
        {scan}
        {footer}
      </div>
    </section>
  );
}

/** The sign-in card where one person holds one device: a phone, or DingTalk itself. */
export function LoginCard({ children }: { children: ReactNode }) {
  return <section className={`${cardLook} grid w-full max-w-105 gap-6 px-6 py-8 sm:px-8`}>{children}</section>;
}
