import { type z } from "zod";
import { type CircuitBreaker } from "./circuit-breaker";
import { type RawResponse, readError, readRequestId } from "./envelope";
import { DingTalkError, type DingTalkErrorKind } from "./errors";

export type RequestOptions = {
  apiUrl: string;
  oapiUrl: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
  clock?: () => number;
  /** Receives a report of every HTTP request, retries included. A report contains no secret. */
  onCall?: (report: CallReport) => void;
};

export type CallReport = {
  name: string;
  ms: number;
  outcome: "ok" | DingTalkErrorKind;
  code: string | null;
  requestId: string | null;
};

export type Host = "api" | "oapi";

/** Each host fails alone: the newer and the older API are separate systems of DingTalk. */
export type Circuits = Record<Host, CircuitBreaker>;

/** One API call. The api host takes the token in a header, the oapi host in the query. */
export type ApiCall<Result> = {
  name: string;
  host: Host;
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  token?: string;
  schema: z.ZodType<Result>;
};

export type SendRequest = <Result>(call: ApiCall<Result>) => Promise<Result>;

type Success<Result> = { result: Result; requestId: string | null };

export const defaultTimeoutMs = 5000;
const maxBytes = 1024 * 1024;

/**
 * Creates the only function that calls the network: one call, one time-out for headers and body together, no redirects, a
 * body of at most 1 MB, and a parsed result. It never retries and throws only DingTalkError. While a host's circuit breaker
 * is open, it sends nothing.
 */
export function createRequest(options: RequestOptions, circuits: Circuits): SendRequest {
  const clock = options.clock ?? Date.now;
  return async function request(call) {
    const startedAt = clock();
    const report = (outcome: CallReport["outcome"], code: string | null, requestId: string | null) =>
      options.onCall?.({ name: call.name, ms: clock() - startedAt, outcome, code, requestId });
    const outcome = await circuits[call.host].run(() => performCall(options, call));
    if (outcome === null) throw new DingTalkError({ call: call.name, kind: "circuit_open" });
    if (outcome instanceof DingTalkError) {
      report(outcome.kind, outcome.code, outcome.requestId);
      throw outcome;
    }
    report("ok", null, outcome.requestId);
    return outcome.result;
  };
}

async function performCall<Result>(
  options: RequestOptions,
  call: ApiCall<Result>,
): Promise<Success<Result> | DingTalkError> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
  const response = await send(options, call, signal).catch((error: unknown) => {
    // The error that fetch throws may quote the URL and its token, so only its cause, the socket's error, is kept.
    const cause = error instanceof Error ? error.cause : undefined;
    return new DingTalkError({ call: call.name, kind: signal.aborted ? "timeout" : "unreachable", cause });
  });
  if (response instanceof DingTalkError) return response;
  return readError(call.name, response) ?? parseResult(call, response);
}

function parseResult<Result>(call: ApiCall<Result>, response: RawResponse): Success<Result> | DingTalkError {
  const requestId = readRequestId(response);
  const { data, error, success } = call.schema.safeParse(response.json);
  if (success) return { result: data, requestId };
  const { status } = response;
  return new DingTalkError({ call: call.name, kind: "malformed", httpStatus: status, requestId, cause: error });
}

async function send(options: RequestOptions, call: ApiCall<unknown>, signal: AbortSignal): Promise<RawResponse> {
  // Read for each call, because frameworks replace the global fetch while they start.
  const doFetch = options.fetch ?? fetch;
  const response = await doFetch(urlFor(options, call), {
    method: call.method,
    headers: headersFor(call),
    body: call.body && JSON.stringify(call.body),
    redirect: "manual",
    cache: "no-store",
    signal,
  });
  const text = await readText(response);
  const isHtml = /html/i.test(response.headers.get("content-type") ?? "");
  const requestId = response.headers.get("x-acs-request-id");
  return { status: response.status, text, json: isHtml ? undefined : parseJson(text), requestId };
}

function urlFor({ apiUrl, oapiUrl }: RequestOptions, { host, path, query, token }: ApiCall<unknown>): string {
  const base = host === "api" ? apiUrl : oapiUrl;
  const parameters = new URLSearchParams(query);
  if (host === "oapi" && token) parameters.set("access_token", token);
  const search = parameters.size > 0 ? `?${parameters}` : "";
  return base.replace(/\/+$/, "") + path + search;
}

function headersFor({ host, body, token }: ApiCall<unknown>): Record<string, string> {
  return {
    accept: "application/json",
    ...(body && { "content-type": "application/json" }),
    ...(host === "api" && token && { "x-acs-dingtalk-access-token": token }),
  };
}

// A body larger than `maxBytes` is discarded and counts as empty.
async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      return "";
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

// The parser's error is dropped: it quotes the text, which may contain a token.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
