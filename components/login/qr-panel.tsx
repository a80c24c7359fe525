"use client";

import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { type Words } from "@/lib/i18n/words";
import { linkLook } from "../ui/link-look";
import { DingtalkFrame } from "./dingtalk-frame";
import { LoginPanel } from "./login-panel";
import { QrBox } from "./qr-box";

/** Most people never need the app's own code, so its script is fetched when it is. */
const TicketQr = lazy(async () => ({ default: (await import("./ticket-qr")).TicketQr }));

type Kind = "frame" | "ticket";

type Props = {
  first: Kind;
  say: Record<Kind, ReactNode>;
  returnTo: string;
  startsItself: boolean;
  start: string;
  words: { frame: Words["login"]["frame"]; tickets: Pick<Words["tickets"], "desktop" | "switchTo" | "fellBack"> };
  footer: ReactNode;
};

/** Two kinds of code in one place: one comes first, a quiet link leads to the other, and a frame that does not open gives way by itself. */
export function QrPanel({ first, say, returnTo, startsItself, start, words, footer }: Props) {
  const [{ kind, reason }, show] = useState<Shown>({ kind: first, reason: "first" });
  const fallBack = useCallback(() => show((now) => (now.reason === "first" ? fallen : now)), []);
  const other = kind === "frame" ? "ticket" : "frame";
  const code = { returnTo, start, startsItself: startsItself || reason !== "first" };
  return (
    <LoginPanel
      say={
        <>
          {say[kind]}
          <p role="status" className="text-sm text-warn empty:hidden">
            {reason === "fallen" ? words.tickets.fellBack : null}
          </p>
        </>
      }
      scan={
        kind === "frame" ? (
          <DingtalkFrame {...code} words={words.frame} onOffline={fallBack} />
        ) : (
          <Suspense fallback={<QrBox />}>
            <TicketQr {...code} words={words.tickets.desktop} />
          </Suspense>
        )
      }
      footer={
        <>
          <button
            type="button"
            className={`${linkLook} text-sm noscript:hidden`}
            onClick={() => show({ kind: other, reason: "chosen" })}
          >
            {words.tickets.switchTo[other]}
          </button>
          {footer}
        </>
      }
    />
  );
}

/** Which code is shown, and why: only one that nobody chose gives way by itself. */
type Shown = { kind: Kind; reason: "first" | "chosen" | "fallen" };

const fallen: Shown = { kind: "ticket", reason: "fallen" };
