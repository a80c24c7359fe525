import { type z } from "zod";
import { faultOf, type Reply, requestIdOf } from "./envelope";
import { DingTalkError, type DingTalkErrorKind } from "./errors";

export type RequestOptions = {
  apiUrl: string;
  oapiUrl: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
  clock?: () => number;
  /** Hears of every call on the wire, repeats included; it is told nothing secret. */
  onCall?: (call: CallReport) => void;
};

export type CallReport = {
  name: string;
  ms: number;
  outcome: "ok" | DingTalkErrorKind;
  code: string | null;
  requestId: string | null;
};

/** One call. The token travels where its host wants it: in a header to api, in the query to oapi. */
export type Call<Answer> = {
  name: string;
  host: "api" | "oapi";
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  token?: string;
  answer: z.ZodType<Answer>;
};

export type Request = <Answer>(call: Call<Answer>) => Promise<Answer>;

export const defaultTimeoutMs = 5000;
const maxBytes = 1024 * 1024;

/**
 * The one door to the network: one call, one time-out for headers and body together, no redirects, at most 1 MB, the
 * answer parsed. It never repeats anything and throws only DingTalkError.
 */
export function createRequest(options: RequestOptions): Request {
  const clock = options.clock ?? Date.now;
  return async function request(call) {
    const startedAt = clock();
    const report = (outcome: CallReport["outcome"], code: string | null, requestId: string | null) =>
      options.onCall?.({ name: call.name, ms: clock() - startedAt, outcome, code, requestId });
    const result = await exchange(options, call);
    if (result instanceof DingTalkError) {
      report(result.kind, result.code, result.requestId);
      throw result;
    }
    report("ok", null, result.requestId);
    return result.answer;
  };
}

type Answered<Answer> = { answer: Answer; requestId: string | null };

async function exchange<Answer>(
  options: RequestOptions,
  call: Call<Answer>,
): Promise<Answered<Answer> | DingTalkError> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
  const reply = await send(options, call, signal).catch((error: unknown) => {
    // Only what lies beneath fetch's own error is kept: that is the socket's story, while fetch may quote the address.
    const cause = error instanceof Error ? error.cause : undefined;
    return new DingTalkError({ call: call.name, kind: signal.aborted ? "timeout" : "unreachable", cause });
  });
  if (reply instanceof DingTalkError) return reply;
  return faultOf(call.name, reply) ?? readAnswer(call, reply);
}

function readAnswer<Answer>({ name, answer }: Call<Answer>, reply: Reply): Answered<Answer> | DingTalkError {
  const requestId = requestIdOf(reply);
  const { data, error, success } = answer.safeParse(reply.json);
  if (success) return { answer: data, requestId };
  return new DingTalkError({ call: name, kind: "malformed", httpStatus: reply.status, requestId, cause: error });
}

async function send(options: RequestOptions, call: Call<unknown>, signal: AbortSignal): Promise<Reply> {
  // Looked up at the time of the call, because frameworks replace the global fetch while they start.
  const doFetch = options.fetch ?? fetch;
  const response = await doFetch(addressOf(options, call), {
    method: call.method,
    headers: headersOf(call),
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

function addressOf({ apiUrl, oapiUrl }: RequestOptions, { host, path, query, token }: Call<unknown>): string {
  const base = host === "api" ? apiUrl : oapiUrl;
  const parameters = new URLSearchParams(query);
  if (host === "oapi" && token) parameters.set("access_token", token);
  const search = parameters.size > 0 ? `?${parameters}` : "";
  return base.replace(/\/+$/, "") + path + search;
}

function headersOf({ host, body, token }: Call<unknown>): Record<string, string> {
  return {
    accept: "application/json",
    ...(body && { "content-type": "application/json" }),
    ...(host === "api" && token && { "x-acs-dingtalk-access-token": token }),
  };
}

// A body beyond the cap is dropped whole and reads as no answer.
async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      return "";
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

// The parser's error is not kept: it quotes the text, which may hold a token.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
