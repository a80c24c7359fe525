import { type ReactNode, useEffect, useReducer, useRef } from "react";
import { type Words } from "@/lib/i18n/words";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { type App } from "./dingtalk-bridge";
import { forgetSignIn } from "./loop-guard";
import { report } from "./report";
import { errands, type Memory } from "./silent-errands";
import { type Failure, isFailure, limitsMs, nextPhase, type Phase } from "./silent-machine";

/** What the page says while it waits for a person to begin: after a sign-out, or after a refusal. */
export type Resting = { title: string; start: string; body: ReactNode };

export type SilentProps = {
  app: App;
  returnTo: string;
  begin: Extract<Phase, "idle" | "loading" | "foreign">;
  resting: Resting;
  words: Words["silent"];
};

const reportPhases: Partial<Record<Failure, "import" | "exchange">> = {
  unloaded: "import",
  offline: "exchange",
  looped: "exchange",
};

/** Signs the person in with DingTalk's own word for who they are, asking nothing of them. */
export function SilentEntry({ app, returnTo, begin, resting, words }: SilentProps) {
  const [phase, send] = useReducer(nextPhase, begin);
  const memory = useRef<Memory>({});
  const { corpId, clientId } = app;

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => send("late"), limitsMs[phase] ?? 2 ** 31 - 1);
    const errand = { app: { corpId, clientId }, returnTo, memory: memory.current, send, signal: stop.signal };
    void errands[phase]?.(errand);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [phase, corpId, clientId, returnTo]);

  useEffect(() => {
    if (!isFailure(phase) || phase === "foreign") return;
    const { bridge, error } = memory.current;
    report({ phase: reportPhases[phase] ?? "bridge", environment: bridge?.environment ?? "", error: error ?? phase });
  }, [phase]);

  function start() {
    forgetSignIn();
    memory.current = {};
    send("start");
  }

  const failure = isFailure(phase) ? words.failures[phase] : null;
  const step = isFailure(phase) || phase === "idle" ? null : phase;
  return (
    <>
      <div className="grid min-h-60 content-center gap-3" role="status">
        <h1 className="text-2xl">{phase === "idle" ? resting.title : (failure?.title ?? words.heading)}</h1>
        {phase === "idle" && resting.body}
        {failure && <p className="text-muted">{failure.what}</p>}
        {step && (
          <p className="flex items-center gap-2.5 text-muted">
            <Spinner />
            {words.steps[step]}
          </p>
        )}
      </div>
      {!step && phase !== "foreign" && (
        <Button kind="primary" size="big" onClick={start}>
          {phase === "idle" ? resting.start : words.again}
        </Button>
      )}
    </>
  );
}
