import { readPath } from "../answer";
import { exchange } from "../exchange";
import { isLooping, rememberSignIn } from "../loop-guard";
import { type ReportStep, report } from "../report";
import { type Bridge, type CodeRequestVersion } from "./bridge";
import { readBridgeFailure, readWait, type Wait } from "./protocol";
import { type SilentSettings } from "./settings";
import { limitsMs, type SilentEvent, type SilentFailure, type SilentState } from "./state";

/** What one state stores for a later one, and for the report of a failure. */
export type SilentMemory = { imports?: number; bridge?: Bridge; code?: string; wait?: Wait; error?: string };

type Context = {
  settings: SilentSettings;
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
};

/** Runs what belongs to a state, within the state's time limit. Returns how to stop. */
export function runSilentEffect(state: SilentState, context: Context): () => void {
  const controller = new AbortController();
  const limitMs = state === "waiting" ? (context.memory.wait?.seconds ?? 0) * 1000 : limitsMs[state];
  const timer = limitMs === undefined ? undefined : setTimeout(() => context.send("timeout"), limitMs);
  void effects[state]?.({ ...context, signal: controller.signal });
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}

async function load({ settings, memory, send }: EffectContext): Promise<void> {
  if (isLooping()) return send("looping");
  try {
    memory.bridge ??= await importBridge(settings.bridgeScript, memory);
    send("loaded");
  } catch (error) {
    memory.error = readBridgeFailure(error).error;
    send("unloaded");
  }
}

/** Some browsers remember that a script did not load. Under another address they load it again. */
async function importBridge(address: string, memory: SilentMemory): Promise<Bridge> {
  memory.imports = (memory.imports ?? 0) + 1;
  const script: { bridge: Bridge } = await import(memory.imports > 1 ? `${address}&try=${memory.imports}` : address);
  return script.bridge;
}

async function requestCode(version: CodeRequestVersion, context: EffectContext): Promise<void> {
  const { settings, memory, send, signal } = context;
  try {
    memory.code = await memory.bridge?.requestCode(version, settings.app);
    // Sent even after the time limit: the code is valid while the next request is still pending, and the table decides.
    send(memory.code ? "code" : "declined");
  } catch (reason) {
    if (signal.aborted) return;
    const { event, error } = readBridgeFailure(reason);
    memory.error = error;
    send(event);
  }
}

async function exchangeCode({ settings, memory, send, signal }: EffectContext): Promise<void> {
  const { csrfToken, returnTo } = settings;
  try {
    const code = memory.code ?? "";
    const { body, isSignedIn } = await exchange({ method: "silent", code, csrfToken, returnTo, signal });
    memory.wait = readWait(body) ?? undefined;
    if (memory.wait) return send("queued");
    const path = readPath(body);
    if (isSignedIn) rememberSignIn();
    send("answered");
    location.replace(path);
  } catch (error) {
    if (signal.aborted) return;
    memory.error = readBridgeFailure(error).error;
    send("offline");
  }
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
