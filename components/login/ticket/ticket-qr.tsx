"use client";

import { Smartphone } from "lucide-react";
import { QRCodeSVG } from "qrcode.react";
import { useCallback, useEffect, useReducer, useState } from "react";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { Avatar } from "../../ui/avatar";
import { QrBox, QrPrompt, QrStatus } from "../qr-box";
import { useCountdown } from "../use-countdown";
import { exchangeTicket, requestTicket, watchTicket } from "./effects";
import { type OpenedTicket, type TicketScanner } from "./protocol";
import { firstTicketQrSnapshot, isTicketQrFailure, nextTicketQrSnapshot, type TicketQrState } from "./state";

type TicketWords = Words["tickets"]["desktop"];
type Props = { returnTo: string; autoStart: boolean; startLabel: string; words: TicketWords };

/** The app's own QR code: a phone scans it and approves the sign-in of this browser. Its size never changes. */
export function TicketQr({ returnTo, autoStart, startLabel, words }: Props) {
  const [{ state, attempt }, send] = useReducer(nextTicketQrSnapshot, autoStart, firstTicketQrSnapshot);
  const [ticket, setTicket] = useState<OpenedTicket | null>(null);
  const [scanner, setScanner] = useState<TicketScanner | null>(null);
  const [waitSeconds, setWaitSeconds] = useState(0);
  const isOpen = state === "waiting" || state === "scanned";
  const expire = useCallback(() => send("ended"), []);
  const left = useCountdown(isOpen && ticket ? ticket.secondsLeft : null, expire);

  useEffect(() => {
    if (attempt === 0) return;
    setScanner(null);
    return requestTicket({ send, showTicket: setTicket, showWait: setWaitSeconds });
  }, [attempt]);

  useEffect(() => {
    if (ticket) return watchTicket({ ticket, send, showScanner: setScanner });
  }, [ticket]);

  useEffect(() => {
    if (state === "approved" && ticket) return exchangeTicket({ ticket, returnTo, send });
  }, [state, ticket, returnTo]);

  const failure = isTicketQrFailure(state) ? words[state] : null;
  const isIdle = state === "idle" || failure !== null;
  return (
    <>
      <QrBox isIdle={isIdle}>
        {isIdle && (
          <QrPrompt
            failure={failure && { ...failure, what: fill(failure.what, { seconds: waitSeconds }) }}
            label={failure ? words.again : startLabel}
            onStart={() => send("start")}
          />
        )}
        {!isIdle && ticket && <Code {...{ ticket, state, scanner, words }} />}
      </QrBox>
      <QrStatus
        isBusy={!isIdle && state !== "scanned"}
        aside={state === "waiting" && left !== null && fill(words.renews, { time: formatSeconds(left) })}
      >
        {statusOf(state, words)}
      </QrStatus>
    </>
  );
}

type CodeProps = { ticket: OpenedTicket; state: TicketQrState; scanner: TicketScanner | null; words: TicketWords };

/** The code on white in both themes, and the number to type on the phone. */
function Code({ ticket, state, scanner, words }: CodeProps) {
  const isDim = state !== "waiting";
  return (
    <div className="relative grid justify-items-center gap-4 bg-surface">
      <div className="relative grid place-items-center rounded-lg bg-white p-3.5">
        {/* Also a link, so that a person who cannot scan can copy the address to the phone. */}
        <a href={ticket.address} target="_blank" rel="noreferrer">
          <QRCodeSVG
            value={ticket.address}
            size={224}
            level="M"
            title={words.name}
            className={`transition-opacity duration-150 motion-reduce:transition-none ${isDim ? "opacity-10" : ""}`}
          />
        </a>
        {isDim && (
          <span className="absolute grid animate-appear place-items-center">
            {scanner ? <Avatar name={scanner.name} url={scanner.avatarUrl} size="large" /> : <PhoneMark />}
          </span>
        )}
      </div>
      <p className="flex items-baseline gap-2.5">
        <span className="text-sm text-muted">{words.number}</span>
        <strong className="text-3xl font-[650] tracking-[0.14em]">{ticket.number}</strong>
      </p>
    </div>
  );
}

/** A phone has scanned, but its owner has not approved yet. */
function PhoneMark() {
  return (
    <span className="grid size-21 place-items-center rounded-avatar bg-accent-soft text-accent">
      <Smartphone aria-hidden="true" className="size-9" />
    </span>
  );
}

function statusOf(state: TicketQrState, words: TicketWords): string {
  const isShown = state === "opening" || state === "waiting" || state === "scanned" || state === "approved";
  return isShown ? words[state] : "";
}

/** Minutes and seconds, as a clock shows them. */
function formatSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
