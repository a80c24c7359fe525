import { type ApiCall, type Host, toHttpRequest } from "./call";
import { type CallQueue } from "./call-queue";
import { type CircuitBreaker } from "./circuit-breaker";
import { type RawResponse, readError, readRequestId } from "./envelope";
import { DingTalkError, type DingTalkErrorKind } from "./errors";
import { type RefusedReason } from "./reasons";
import { type SendHttp, TimeoutError } from "./request";

export type CallOptions = {
  clock?: () => number;
  /** Receives a report of every HTTP request, retries included. A report contains no secret. */
  onCall?: (report: CallReport) => void;
};

export type CallReport = {
  name: string;
  ms: number;
  outcome: "ok" | DingTalkErrorKind;
  /** What DingTalk's code means, where it refused the call. */
  reason: RefusedReason | null;
  code: string | null;
  requestId: string | null;
};

type Parts = {
  /** Each host fails alone: the newer and the older API are separate systems of DingTalk. */
  circuits: Record<Host, CircuitBreaker>;
  queue: CallQueue;
  send: SendHttp;
};

export type SendCall = <Result>(call: ApiCall<Result>) => Promise<Result>;

type Success<Result> = { result: Result; requestId: string | null };

/**
 * Creates the function through which every API call goes. It waits for the call's turn in the queue, sends it once and parses
 * the result. It throws only DingTalkError, and sends nothing while the circuit breaker of the host is open.
 */
export function createSendCall({ clock = Date.now, onCall }: CallOptions, parts: Parts): SendCall {
  const { circuits, queue, send } = parts;
  return async function sendCall(call) {
    const { name, host } = call;
    if (circuits[host].state() === "open") throw new DingTalkError({ call: name, kind: "circuit_open" });
    const endTurn = await queue.takeTurn(name, call.priority ?? "other");
    const startedAt = clock();
    const report = (outcome: Omit<CallReport, "name" | "ms">) =>
      onCall?.({ name, ms: clock() - startedAt, ...outcome });
    const outcome = await circuits[host].run(() => performCall(send, call)).finally(endTurn);
    if (outcome === null) throw new DingTalkError({ call: name, kind: "circuit_open" });
    if (outcome instanceof DingTalkError) {
      const { kind, reason, code, requestId } = outcome;
      report({ outcome: kind, reason, code, requestId });
      if (outcome.reason === "throttled") queue.pause(name);
      throw outcome;
    }
    report({ outcome: "ok", reason: null, code: null, requestId: outcome.requestId });
    return outcome.result;
  };
}

async function performCall<Result>(send: SendHttp, call: ApiCall<Result>): Promise<Success<Result> | DingTalkError> {
  try {
    const response = await send(toHttpRequest(call));
    return readError(call.name, response) ?? parseResult(call, response);
  } catch (error) {
    const isLate = error instanceof TimeoutError;
    return new DingTalkError({ call: call.name, kind: isLate ? "timeout" : "unreachable", cause: describe(error) });
  }
}

function parseResult<Result>(call: ApiCall<Result>, response: RawResponse): Success<Result> | DingTalkError {
  const requestId = readRequestId(response);
  const { data, error, success } = call.schema.safeParse(response.json);
  if (success) return { result: data, requestId };
  const { status } = response;
  return new DingTalkError({ call: call.name, kind: "malformed", httpStatus: status, requestId, cause: error });
}

/** Only the message: Node's error may hold the bytes of a response, and with them a token. */
function describe(error: unknown): Error | undefined {
  if (!(error instanceof Error) || error instanceof TimeoutError) return undefined;
  return new Error(error.message || ("code" in error ? String(error.code) : error.name));
}
