import { exchange, fetchCsrfToken, type Wait } from "../exchange";
import { isLooping, rememberSignIn } from "../loop-guard";
import { type ReportStep, report } from "../report";
import { type Bridge, type CodeRequestVersion, type DingTalkApp, loadBridge } from "./bridge";
import { readBridgeFailure } from "./protocol";
import { limitsMs, type SilentEvent, type SilentFailure, type SilentState } from "./state";

/** What one state stores for a later one, and for the report of a failure. */
export type SilentMemory = { bridge?: Bridge; csrfToken?: Promise<string>; code?: string; error?: string; wait?: Wait };

type Context = {
  app: DingTalkApp;
  returnTo: string;
  memory: SilentMemory;
  send: (event: SilentEvent) => void;
};

/** `signal` is aborted when the state is left. */
type EffectContext = Context & { signal: AbortSignal };

/** Each effect ends with an event. */
const effects: Partial<Record<SilentState, (context: EffectContext) => Promise<void>>> = {
  loading: load,
  "asking-v2": (context) => requestCode("v2", context),
  "asking-v1": (context) => requestCode("v1", context),
  exchanging: exchangeCode,
  waiting: waitForTurn,
};

/** Runs what belongs to a state, within the state's time limit. Returns how to stop. */
export function runSilentEffect(state: SilentState, context: Context): () => void {
  const controller = new AbortController();
  const limitMs = limitsMs[state];
  const timer = limitMs === undefined ? undefined : setTimeout(() => context.send("timeout"), limitMs);
  void effects[state]?.({ ...context, signal: controller.signal });
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}

async function load({ memory, send }: EffectContext): Promise<void> {
  if (isLooping()) return send("looping");
  // Requested once: of two tokens only the latest is valid. A rejection is handled where the token is used.
  memory.csrfToken ??= fetchCsrfToken();
  memory.csrfToken.catch(() => {});
  try {
    memory.bridge = await loadBridge();
    send("loaded");
  } catch (error) {
    memory.error = readBridgeFailure(error).error;
    send("unloaded");
  }
}

async function requestCode(version: CodeRequestVersion, context: EffectContext): Promise<void> {
  const { app, memory, send, signal } = context;
  try {
    memory.code = await memory.bridge?.requestCode(version, app);
    // Sent even after the time limit: the code is valid while the next request is still pending, and the table decides.
    send(memory.code ? "code" : "declined");
  } catch (reason) {
    if (signal.aborted) return;
    const { event, error } = readBridgeFailure(reason);
    memory.error = error;
    send(event);
  }
}

async function exchangeCode({ memory, returnTo, send, signal }: EffectContext): Promise<void> {
  try {
    const [csrfToken, code] = [(await memory.csrfToken) ?? "", memory.code ?? ""];
    const { path, isSignedIn, wait } = await exchange({ method: "silent", code, csrfToken, returnTo, signal });
    if (wait) memory.wait = wait;
    if (wait) return send("queued");
    if (isSignedIn) rememberSignIn();
    send("answered");
    location.replace(path);
  } catch (error) {
    if (signal.aborted) return;
    memory.error = readBridgeFailure(error).error;
    send("offline");
  }
}

/** Then the bridge is asked for a new code. The place in the queue is in a cookie. */
async function waitForTurn({ memory, send, signal }: EffectContext): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, (memory.wait?.seconds ?? 1) * 1000));
  if (!signal.aborted) send("waited");
}

const reportSteps: Partial<Record<SilentFailure, ReportStep>> = {
  unloaded: "import",
  offline: "exchange",
  looped: "exchange",
};

/** Reports why a sign-in failed. An app opened for another organisation is no failure of ours. */
export function reportSilentFailure(failure: SilentFailure, { bridge, error }: SilentMemory): void {
  if (failure === "foreign") return;
  report({ step: reportSteps[failure] ?? "bridge", environment: bridge?.environment ?? "", error: error ?? failure });
}
