import { Check, TriangleAlert } from "lucide-react";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type Integrity, type Verification } from "@/lib/trail/integrity";
import { type TrailQuery } from "@/lib/trail/query";
import { linkLook } from "../ui/button";
import { Link } from "../ui/link";
import { auditAddress } from "./address";

type Props = { integrity: Integrity; query: TrailQuery; words: Words };

/** What is known of the chain: how far it is signed or, once asked for, what recomputing it showed. */
export function ChainLine({ integrity, query, words }: Props) {
  const { verified, signed } = integrity;
  const isWrong = verified?.fault ?? (signed && !signed.isGenuine);
  const { verify, again } = words.audit.chain;
  return (
    <p className={`flex items-start gap-2 ${isWrong ? "text-bad" : "text-muted"}`}>
      {isWrong ? (
        <TriangleAlert aria-hidden="true" className="mt-1 size-4 shrink-0" />
      ) : (
        (verified ?? signed) && <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-good" />
      )}
      <span>
        {verified ? describeVerified(verified, words) : describeSigned(signed, words)}
        {" · "}
        <Link
          href={`${auditAddress(query, { after: query.after })}&verify=1`}
          prefetch={false}
          scroll={false}
          className={linkLook}
        >
          {verified ? again : verify}
        </Link>
      </span>
    </p>
  );
}

function describeSigned(signed: Integrity["signed"], words: Words): string {
  const { chain } = words.audit;
  if (!signed) return chain.unsigned;
  const position = numberIn(words, signed.position);
  if (!signed.isGenuine) return fill(chain.forged, { position });
  return fill(chain.signed, { position, ago: formatsFor(words).ago(signed.at, new Date()) });
}

function describeVerified({ at, fault, from, upTo, isWhole }: Verification, words: Words): string {
  const { chain } = words.audit;
  if (fault) {
    const { what, position, eventId } = fault;
    const text = position === null ? chain.faults.loose : chain.faults[what];
    return fill(chain.fault, { what: fill(text, { position: position ?? "", id: eventId ?? "" }) });
  }
  if (from === null || upTo === null) return chain.empty;
  const values = {
    from: numberIn(words, from),
    position: numberIn(words, upTo),
    ago: formatsFor(words).ago(at, new Date()),
  };
  return fill(isWhole ? chain.whole : chain.newest, values);
}

function numberIn({ language }: Words, value: number): string {
  return value.toLocaleString(language);
}
