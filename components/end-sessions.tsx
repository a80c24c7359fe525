import { type Words } from "@/lib/i18n/words";
import { Button, buttonLook } from "./ui/button";

type Props = {
  userId: string;
  name: string;
  count: number;
  words: Words["people"]["employee"];
  onEnd: (form: FormData) => Promise<void>;
};

/** Puts somebody out everywhere: asked twice, the second time with what it means, and without needing scripts. */
export function EndSessions({ userId, name, count, words, onEnd }: Props) {
  return (
    <details className="mt-4">
      <summary className={`${buttonLook()} list-none`}>{words.endAll(count)}</summary>
      <form action={onEnd} className="mt-3 grid justify-items-start gap-3 rounded-md bg-bad-soft p-4">
        <input type="hidden" name="userId" value={userId} />
        <p>{words.endAsk(name)}</p>
        <Button type="submit" kind="danger">
          {words.endConfirm}
        </Button>
      </form>
    </details>
  );
}
