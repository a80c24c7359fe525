import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type SessionView } from "@/lib/sessions/view";
import { nameDevice } from "./sessions";
import { Button } from "./ui/button";

type Action = (form: FormData) => Promise<void>;
type Props = { session: SessionView; words: Words; onConfirm: Action; onReject: Action };

/** Asks about a sign-in on a new device. Both answers are one press away and equally large. */
export function NewSignInNotice({ session, words, onConfirm, onReject }: Props) {
  const { newSignIn, people } = words;
  const what = fill(newSignIn.what, {
    device: [nameDevice(session, words), session.ip].filter(Boolean).join(" · "),
    ago: formatsFor(words).ago(session.startedAt, new Date()),
    method: people.method[session.method],
  });
  return (
    <section
      aria-label={newSignIn.title}
      className="flex items-center justify-between gap-x-6 max-sm:flex-wrap gap-y-3 rounded-lg border border-accent/30 bg-accent-soft px-5.5 py-4"
    >
      <p className="min-w-0">
        <strong className="font-[650]">{newSignIn.title}</strong>{" "}
        <span className="[overflow-wrap:anywhere]">{what}</span>
      </p>
      <div className="grid gap-2.5 max-sm:w-full max-sm:[&_button]:w-full sm:shrink-0 sm:grid-flow-col">
        <Answer id={session.id} label={newSignIn.confirm} action={onConfirm} />
        <Answer id={session.id} label={newSignIn.reject} action={onReject} />
      </div>
    </section>
  );
}

function Answer({ id, label, action }: { id: string; label: string; action: Action }) {
  return (
    <form action={action}>
      <input type="hidden" name="id" value={id} />
      <Button type="submit">{label}</Button>
    </form>
  );
}
