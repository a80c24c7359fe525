import { type FaultWords } from "@/lib/i18n/faults";
import { Button, buttonLook } from "./ui/button";
import { cardLook } from "./ui/card";

type Props = { error: unknown; retry: () => void; words: FaultWords };

/** Something of ours broke: the reference is what the log knows it by. */
export function Fault({ error, retry, words }: Props) {
  const reference = referenceOf(error);
  return (
    <section className={`${cardLook} grid gap-2 px-6 py-8 sm:px-8`}>
      <h1 className="text-2xl">{words.title}</h1>
      <p className="text-muted">{words.what}</p>
      <p>{words.next}</p>
      {reference && (
        <p className="text-sm text-muted">
          {words.reference}{" "}
          <code className="ml-1 rounded-sm bg-raised px-2 py-0.5 text-ink select-all">{reference}</code>
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <Button kind="primary" onClick={retry}>
          {words.again}
        </Button>
        <a href="/" className={buttonLook()}>
          {words.home}
        </a>
      </div>
    </section>
  );
}

function referenceOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
