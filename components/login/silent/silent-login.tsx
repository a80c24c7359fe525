import { type ReactNode } from "react";
import { Button } from "../../ui/button";
import { Spinner } from "../../ui/spinner";
import { elementIds, type SilentSettings } from "./settings";
import { isSilentFailure } from "./state";

type Props = {
  settings: Pick<SilentSettings, "first" | "words">;
  /** Shown until a person starts, after a sign-out or a refusal. */
  idle: { title: string; startLabel: string; body: ReactNode } | null;
};

/** The silent sign-in in its first state, as the server draws it. The page's script takes over its elements. */
export function SilentLogin({ settings: { first, words }, idle }: Props) {
  const failure = isSilentFailure(first) ? words.failures.foreign : null;
  return (
    <>
      <div className="grid min-h-60 content-center gap-3" role="status">
        <h1 id={elementIds.title} className="text-2xl">
          {idle?.title ?? failure?.title ?? words.heading}
        </h1>
        {idle && <div id={elementIds.message}>{idle.body}</div>}
        <p id={elementIds.what} className="text-muted" hidden={!failure}>
          {failure?.what}
        </p>
        <p id={elementIds.step} className="flex items-center gap-2.5 text-muted" hidden={first !== "loading"}>
          <Spinner />
          <span>{words.steps.loading}</span>
        </p>
      </div>
      <Button id={elementIds.again} kind="primary" size="big" hidden={!idle}>
        {idle?.startLabel ?? words.again}
      </Button>
    </>
  );
}
