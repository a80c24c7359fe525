import { type ReactNode } from "react";
import { type ScanState } from "@/lib/auth/scan";
import { type Words } from "@/lib/i18n/words";
import { buttonLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { ApprovalForm, type ScanAction } from "./approval-form";

type End = keyof Words["tickets"]["phone"]["ends"];
type Found = Exclude<ScanState, { step: "sign_in" }> | { step: "over"; end: End };

type Props = {
  found: Found;
  ticket: string;
  brandName: string;
  words: Words;
  onDecide: ScanAction;
  onSignInAgain: ScanAction;
};

/** One card for every result of a scan. */
export function ScanCard({ found, ticket, brandName, words, onDecide, onSignInAgain }: Props) {
  const { phone } = words.tickets;
  if (found.step === "decide") return <ApprovalForm {...found} {...{ ticket, brandName, words, onDecide }} />;
  if (found.step === "open_in_dingtalk") {
    return (
      <ScanMessage {...phone.openInDingTalk}>
        <a href={found.link} className={buttonLook({ kind: "primary", size: "big" })}>
          {phone.openInDingTalk.link}
        </a>
      </ScanMessage>
    );
  }
  if (found.step === "wrong_method") {
    return (
      <ScanMessage {...phone.wrongMethod}>
        <form action={onSignInAgain}>
          <input type="hidden" name="ticket" value={ticket} />
          <button type="submit" className={buttonLook({ kind: "primary", size: "big" })}>
            {phone.wrongMethod.link}
          </button>
        </form>
      </ScanMessage>
    );
  }
  return <ScanMessage {...phone.ends[endOf(found)]} />;
}

function endOf(found: Extract<Found, { step: "wait" | "unavailable" | "over" }>): End {
  if (found.step === "wait") return "wait";
  if (found.step === "over") return found.end;
  return found.reason;
}

type ScanMessageProps = { title: string; what: string; children?: ReactNode };

function ScanMessage({ title, what, children }: ScanMessageProps) {
  return (
    <section className={`${cardLook} grid w-full max-w-105 gap-5 px-6 py-8`} role="status">
      <div className="grid gap-2">
        <h1>{title}</h1>
        <p className="text-muted">{what}</p>
      </div>
      {children}
    </section>
  );
}
