import { DingTalkError } from "./errors";

export type CircuitState = "closed" | "open" | "half_open";

export type CircuitBreaker = {
  /** `open`: calls fail at once. `half_open`: the next call is a probe, and the others fail while it runs. */
  state: () => CircuitState;
  /** Runs `send` and observes its outcome. Null, without running it, while calls are not allowed. */
  run: <Outcome>(send: () => Promise<Outcome>) => Promise<Outcome | null>;
};

export type CircuitBreakerOptions = {
  clock: () => number;
  random: () => number;
  onChange?: ((state: CircuitState) => void) | undefined;
};

const failuresToOpen = 5;
const windowMs = 60_000;
/** The retries of one read, and the calls of one page, fail together: they count once, or one lost connection could open it. */
const countsOnceMs = 1000;
const minOpenMs = 10_000;

/**
 * The circuit breaker of one host (S32). It opens after five failures in a row within a minute, fails every call for 10 to 15
 * seconds, and then sends one call as a probe: a response closes it, a failure opens it again. The random part prevents that
 * several processes probe at the same moment.
 */
export function createCircuitBreaker({ clock, random, onChange }: CircuitBreakerOptions): CircuitBreaker {
  let failedAtMs: number[] = [];
  let openUntilMs: number | null = null;
  let isProbing = false;

  function state(): CircuitState {
    if (openUntilMs === null) return "closed";
    return clock() < openUntilMs ? "open" : "half_open";
  }

  function open(): void {
    openUntilMs = clock() + minOpenMs * (1 + random() / 2);
    onChange?.("open");
  }

  function close(): void {
    failedAtMs = [];
    if (openUntilMs === null) return;
    openUntilMs = null;
    onChange?.("closed");
  }

  function countFailure(): void {
    const nowMs = clock();
    const recent = failedAtMs.filter((atMs) => nowMs - atMs < windowMs);
    const isNew = recent.every((atMs) => nowMs - atMs >= countsOnceMs);
    failedAtMs = isNew ? [...recent, nowMs] : recent;
    if (failedAtMs.length >= failuresToOpen) open();
  }

  // A call that began before the breaker opened may fail afterwards. It must not keep the breaker open.
  function observe(outcome: unknown, isProbe: boolean): void {
    if (!isOutage(outcome)) close();
    else if (isProbe) open();
    else if (openUntilMs === null) countFailure();
  }

  async function run<Outcome>(send: () => Promise<Outcome>): Promise<Outcome | null> {
    const isProbe = openUntilMs !== null;
    if (isProbe && (isProbing || state() === "open")) return null;
    isProbing = isProbe;
    try {
      const outcome = await send();
      observe(outcome, isProbe);
      return outcome;
    } finally {
      if (isProbe) isProbing = false;
    }
  }

  return { state, run };
}

/** Whether a host is down, as opposed to a response that this app does not like: a refusal proves that the host works. */
function isOutage(outcome: unknown): boolean {
  if (!(outcome instanceof DingTalkError)) return false;
  const { kind, httpStatus } = outcome;
  return kind === "unreachable" || kind === "timeout" || (kind === "http" && (httpStatus ?? 0) >= 500);
}
