import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { type RevokedByLimit } from "@/lib/sessions/limit";
import { type SessionView } from "@/lib/sessions/view";
import { Notice } from "./notice";
import { nameDevice, SessionList } from "./sessions";
import { Button } from "./ui/button";
import { cardLook } from "./ui/card";

type Props = {
  sessions: SessionView[];
  overLimit: RevokedByLimit | null;
  ownId: string;
  words: Words;
  onEnd: (form: FormData) => Promise<void>;
  onEndOthers: () => Promise<void>;
};

/** Where the viewer is signed in, and how to end each of it. */
export function OwnSessions({ sessions, overLimit, ownId, words, onEnd, onEndOthers }: Props) {
  const { devices } = words;
  return (
    <>
      <div className="grid gap-1">
        <h1>{devices.title}</h1>
        <p className="text-muted">{sessions.length > 1 ? devices.lead : devices.onlyThis}</p>
      </div>
      {overLimit && <Notice tone="warn">{describeLimit(overLimit, words)}</Notice>}
      <section className={`${cardLook} px-5.5 py-5 sm:px-7 sm:py-6`}>
        <SessionList
          sessions={sessions}
          ownId={ownId}
          words={words}
          actionFor={(session) =>
            session.id !== ownId && (
              <form action={onEnd}>
                <input type="hidden" name="id" value={session.id} />
                <Button type="submit" aria-label={fill(devices.endNamed, { device: nameDevice(session, words) })}>
                  {devices.end}
                </Button>
              </form>
            )
          }
        />
      </section>
      {sessions.length > 1 && (
        <form action={onEndOthers}>
          <Button type="submit">{devices.endOthers}</Button>
        </form>
      )}
    </>
  );
}

function describeLimit({ limit, session, endedAt }: RevokedByLimit, words: Words): string {
  const ago = formatsFor(words).ago(endedAt, new Date());
  return fill(words.devices.overLimit, { count: limit, ago, device: nameDevice(session, words) });
}
