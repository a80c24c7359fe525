"use client";

import { QRCodeSVG } from "qrcode.react";
import { useCallback, useEffect, useReducer, useState } from "react";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { Avatar } from "../ui/avatar";
import { QrBox, QrRest, QrStatus } from "./qr-box";
import { type Ticket, type TicketView } from "./ticket";
import { beginTicket, enterByTicket, watchTicket } from "./ticket-errands";
import { isTicketTrouble, nextTicketState, type TicketPhase } from "./ticket-machine";
import { useCountdown } from "./use-countdown";

type TicketWords = Words["tickets"]["desktop"];
type Props = { returnTo: string; startsItself: boolean; start: string; words: TicketWords };

/** The app's own QR code: the phone that scans it lets this browser in. Its size never changes. */
export function TicketQr({ returnTo, startsItself, start, words }: Props) {
  const [{ phase, attempt }, send] = useReducer(nextTicketState, startsItself ? first : none);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [scanner, setScanner] = useState<TicketView["scannedBy"]>(null);
  const [waitSeconds, setWaitSeconds] = useState(0);
  const isOpen = phase === "waiting" || phase === "scanned";
  const runOut = useCallback(() => send("ranOut"), []);
  const left = useCountdown(isOpen && ticket ? ticket.secondsLeft : null, runOut);

  useEffect(() => {
    if (attempt === 0) return;
    setScanner(null);
    return beginTicket({ send, show: setTicket, showWait: setWaitSeconds });
  }, [attempt]);

  useEffect(() => {
    if (ticket) return watchTicket({ ticket, send, showScanner: setScanner });
  }, [ticket]);

  useEffect(() => {
    if (phase === "approved" && ticket) return enterByTicket({ ticket, returnTo, send });
  }, [phase, ticket, returnTo]);

  const trouble = isTicketTrouble(phase) ? words[phase] : null;
  const isResting = phase === "rest" || trouble !== null;
  return (
    <>
      <QrBox isResting={isResting}>
        {isResting && (
          <QrRest
            trouble={trouble && { ...trouble, what: fill(trouble.what, { seconds: waitSeconds }) }}
            verb={trouble ? words.again : start}
            onStart={() => send("start")}
          />
        )}
        {!isResting && ticket && <Code {...{ ticket, phase, scanner, words }} />}
      </QrBox>
      <QrStatus
        isBusy={!isResting && phase !== "scanned"}
        aside={phase === "waiting" && left !== null && fill(words.renews, { time: clock(left) })}
      >
        {statusOf({ phase, words, scanner })}
      </QrStatus>
    </>
  );
}

const none = { phase: "rest", attempt: 0, inRow: 0 } as const;
const first = { phase: "opening", attempt: 1, inRow: 1 } as const;

type CodeProps = { ticket: Ticket; phase: TicketPhase; scanner: TicketView["scannedBy"]; words: TicketWords };

/** The code on white in both themes, and the number that the phone asks for. */
function Code({ ticket, phase, scanner, words }: CodeProps) {
  const isDim = phase !== "waiting";
  return (
    <div className="relative grid justify-items-center gap-4 bg-surface">
      <div className="relative grid place-items-center rounded-lg bg-white p-3.5">
        {/* A link too: whoever cannot scan can carry the address to the phone by hand. */}
        <a href={ticket.address} target="_blank" rel="noreferrer">
          <QRCodeSVG
            value={ticket.address}
            size={224}
            level="M"
            title={words.name}
            className={`transition-opacity duration-150 motion-reduce:transition-none ${isDim ? "opacity-10" : ""}`}
          />
        </a>
        {scanner && (
          <span className="absolute grid animate-appear place-items-center">
            <Avatar name={scanner.name} url={scanner.avatarUrl} size="large" />
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

type StatusOf = { phase: TicketPhase; words: TicketWords; scanner: TicketView["scannedBy"] };

function statusOf({ phase, words, scanner }: StatusOf): string {
  if (phase === "scanned") return fill(words.scanned, { name: scanner?.name ?? "" });
  if (phase === "opening" || phase === "waiting" || phase === "approved") return words[phase];
  return "";
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
