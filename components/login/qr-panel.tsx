"use client";

import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { type Words } from "@/lib/i18n/words";
import { type SignInMethod } from "@/lib/sign-in-method";
import { linkLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { DingtalkFrame } from "./frame/dingtalk-frame";
import { QrBox } from "./qr-box";

/** Most sign-ins use DingTalk's own code, so the script of the app's code is loaded on demand. */
const TicketQr = lazy(async () => ({ default: (await import("./ticket/ticket-qr")).TicketQr }));

type QrMethod = Extract<SignInMethod, "frame" | "ticket">;

/** Which code is shown, and why. Only the first one may be replaced automatically. */
type Shown = { method: QrMethod; reason: "first" | "chosen" | "fallback" };

const fallback: Shown = { method: "ticket", reason: "fallback" };

type Props = {
  first: QrMethod;
  /** DingTalk's code would fail now, so the first code is a ticket although the settings say otherwise. */
  isDingTalkDown: boolean;
  messages: Record<QrMethod, ReactNode>;
  returnTo: string;
  autoStart: boolean;
  startLabel: string;
  words: {
    frame: Words["login"]["frame"];
    tickets: Pick<Words["tickets"], "desktop" | "switchTo" | "fellBack" | "whileDown">;
  };
  footer: ReactNode;
};

/** Two kinds of QR code in one place. A link switches between them; a first frame that cannot open is replaced by a ticket. */
export function QrPanel({ first, isDingTalkDown, messages, returnTo, autoStart, startLabel, words, footer }: Props) {
  const [{ method, reason }, show] = useState<Shown>({ method: first, reason: "first" });
  const fallBack = useCallback(() => show((shown) => (shown.reason === "first" ? fallback : shown)), []);
  const other = method === "frame" ? "ticket" : "frame";
  const code = { returnTo, startLabel, autoStart: autoStart || reason !== "first" };
  return (
    <section className={`${cardLook} grid w-full max-w-100 overflow-hidden md:max-w-220 md:grid-cols-[1fr_384px]`}>
      <div className="flex flex-col justify-center gap-7 px-6.5 py-8 md:p-11">
        {messages[method]}
        <p role="status" className="text-sm text-warn empty:hidden">
          {reason === "fallback" && words.tickets.fellBack}
          {reason === "first" && isDingTalkDown && words.tickets.whileDown}
        </p>
      </div>
      <div className="flex flex-col items-center gap-4 border-line bg-raised px-5 pt-8 pb-6 max-md:border-t md:border-l md:px-8 md:pt-10">
        {method === "frame" ? (
          <DingtalkFrame {...code} words={words.frame} onOffline={fallBack} />
        ) : (
          <Suspense fallback={<QrBox />}>
            <TicketQr {...code} words={words.tickets.desktop} />
          </Suspense>
        )}
        <button
          type="button"
          className={`${linkLook} text-sm noscript:hidden`}
          onClick={() => show({ method: other, reason: "chosen" })}
        >
          {words.tickets.switchTo[other]}
        </button>
        {footer}
      </div>
    </section>
  );
}
