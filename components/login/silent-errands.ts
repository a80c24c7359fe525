import { readBridgeFailure } from "./bridge-failure";
import { type App, type Bridge, loadBridge, type Version } from "./dingtalk-bridge";
import { fetchCsrfToken, handOver } from "./exchange";
import { isLooping, rememberSignIn } from "./loop-guard";
import { type Phase, type SilentEvent } from "./silent-machine";

/** What one phase leaves for a later one, and for the report if it all fails. */
export type Memory = { bridge?: Bridge; csrfToken?: Promise<string>; code?: string; error?: string };

export type Errand = {
  app: App;
  returnTo: string;
  memory: Memory;
  send: (event: SilentEvent) => void;
  /** Aborted when the phase is over. */
  signal: AbortSignal;
};

/** What is done in each phase; everything ends in an event. */
export const errands: Partial<Record<Phase, (errand: Errand) => Promise<void>>> = {
  loading: load,
  "asking-v2": (errand) => ask("v2", errand),
  "asking-v1": (errand) => ask("v1", errand),
  exchanging: exchange,
};

async function load({ memory, send }: Errand): Promise<void> {
  if (isLooping()) return send("looping");
  // Asked for once: of two tokens only the one that came last counts. A rejection is met where the token is used.
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

async function ask(version: Version, { app, memory, send, signal }: Errand): Promise<void> {
  try {
    memory.code = await memory.bridge?.ask(version, app);
    // A late answer is as good as a quick one while the next attempt is still waiting; the machine knows.
    send(memory.code ? "code" : "declined");
  } catch (reason) {
    if (signal.aborted) return;
    const { event, error } = readBridgeFailure(reason);
    memory.error = error;
    send(event);
  }
}

async function exchange({ memory, returnTo, send, signal }: Errand): Promise<void> {
  try {
    const [csrfToken, code] = [(await memory.csrfToken) ?? "", memory.code ?? ""];
    const { path, isIn } = await handOver({ way: "silent", code, csrfToken, returnTo, signal });
    if (isIn) rememberSignIn();
    send("answered");
    location.replace(path);
  } catch (error) {
    if (signal.aborted) return;
    memory.error = readBridgeFailure(error).error;
    send("offline");
  }
}
