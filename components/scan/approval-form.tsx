import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type PhoneViewer } from "@/lib/sessions/permission";
import { type TicketRequest } from "@/lib/tickets/phone";
import { Moment } from "../moment";
import { Notice } from "../notice";
import { Avatar } from "../ui/avatar";
import { buttonLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { Fact, Facts } from "../ui/facts";

/** A server action that a form of the scan page is sent to. */
export type ScanAction = (form: FormData) => Promise<void>;

type Props = {
  ticket: string;
  viewer: Pick<PhoneViewer, "name" | "avatarUrl">;
  request: TicketRequest;
  brandName: string;
  words: Words;
  onDecide: ScanAction;
};

/** Shows which browser requests the sign-in, and asks for the number that proves that the phone is beside its screen. Both buttons have one size. (S17, S18) */
export function ApprovalForm({ ticket, viewer, request, brandName, words, onDecide }: Props) {
  const { phone } = words.tickets;
  return (
    <div className="flex w-full max-w-105 flex-col gap-5 self-stretch">
      <div className="flex items-center gap-3">
        <Avatar name={viewer.name} url={viewer.avatarUrl} />
        <span className="font-semibold">{viewer.name}</span>
      </div>
      <div className="grid gap-1">
        <h1 className="text-2xl">{phone.title}</h1>
        <p className="text-muted">{fill(phone.lead, { brand: brandName })}</p>
      </div>
      <section className={`${cardLook} px-5 py-4.5`}>
        <Facts>
          <Fact label={phone.facts.browser} absent={words.people.unknownDevice}>
            {[request.browser, request.system].filter(Boolean).join(" · ")}
          </Fact>
          <Fact label={phone.facts.network} absent={words.people.unknownDevice}>
            {request.ip}
          </Fact>
          <Fact label={phone.facts.time}>
            <Moment date={request.openedAt} words={words} />
          </Fact>
        </Facts>
      </section>
      {request.isOtherNetwork && <Notice tone="warn">{phone.otherNetwork}</Notice>}
      <form action={onDecide} className="flex grow flex-col gap-5">
        <input type="hidden" name="ticket" value={ticket} />
        <label className="grid justify-items-center gap-3 text-sm text-muted">
          {phone.number}
          <input
            name="number"
            inputMode="numeric"
            pattern="[0-9]{2}"
            maxLength={2}
            required
            autoComplete="off"
            title={phone.numberHint}
            className="h-19 w-44 rounded-lg border-2 border-edge bg-surface text-center text-4xl font-[650] tracking-[0.4em] text-ink indent-[0.4em]"
          />
        </label>
        <div className="mt-auto grid gap-3">
          <button
            type="submit"
            name="decision"
            value="approve"
            className={buttonLook({ kind: "primary", size: "big" })}
          >
            {phone.approve}
          </button>
          <button type="submit" name="decision" value="decline" formNoValidate className={buttonLook({ size: "big" })}>
            {phone.decline}
          </button>
        </div>
      </form>
    </div>
  );
}
