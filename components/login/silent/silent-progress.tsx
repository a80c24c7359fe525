import { type ReactNode, useEffect, useReducer, useRef } from "react";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { Button } from "../../ui/button";
import { Spinner } from "../../ui/spinner";
import { forgetSignIn } from "../loop-guard";
import { type DingTalkApp } from "./bridge";
import { reportSilentFailure, runSilentEffect, type SilentMemory } from "./effects";
import { isSilentFailure, isSilentStep, nextSilentState, type SilentState } from "./state";

export type SilentProps = {
  app: DingTalkApp;
  returnTo: string;
  first: Extract<SilentState, "idle" | "loading" | "foreign">;
  /** Shown until a person starts, after a sign-out or a refusal. */
  idle: { title: string; startLabel: string; body: ReactNode };
  words: Words["silent"];
};

/** Runs a silent sign-in without any input, and shows its current step or its failure. */
export function SilentProgress({ app, returnTo, first, idle, words }: SilentProps) {
  const [state, send] = useReducer(nextSilentState, first);
  const memory = useRef<SilentMemory>({});
  const { corpId, clientId } = app;

  useEffect(
    () => runSilentEffect(state, { app: { corpId, clientId }, returnTo, memory: memory.current, send }),
    [state, corpId, clientId, returnTo],
  );

  useEffect(() => {
    if (isSilentFailure(state)) reportSilentFailure(state, memory.current);
  }, [state]);

  function start() {
    forgetSignIn();
    memory.current = {};
    send("start");
  }

  const failure = isSilentFailure(state) ? words.failures[state] : null;
  const { place = 0, seconds = 1 } = memory.current.wait ?? {};
  const step = isSilentStep(state) ? fill(words.steps[state], { count: place, seconds }) : null;
  return (
    <>
      <div className="grid min-h-60 content-center gap-3" role="status">
        <h1 className="text-2xl">{state === "idle" ? idle.title : (failure?.title ?? words.heading)}</h1>
        {state === "idle" && idle.body}
        {failure && <p className="text-muted">{failure.what}</p>}
        {step && (
          <p className="flex items-center gap-2.5 text-muted">
            <Spinner />
            {step}
          </p>
        )}
      </div>
      {!step && state !== "foreign" && (
        <Button kind="primary" size="big" onClick={start}>
          {state === "idle" ? idle.startLabel : words.again}
        </Button>
      )}
    </>
  );
}
