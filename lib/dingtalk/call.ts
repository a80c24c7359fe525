import { type z } from "zod";

/** The newer API, with JSON envelopes and HTTP statuses, and the older one. */
export type Host = "api" | "oapi";

/** `sign_in`: a person waits for the answer. Everything else can wait for them. */
export type Priority = "sign_in" | "other";

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
  /** `other` when it is not given. */
  priority?: Priority;
  /** A second sending would have a second effect. */
  onlyOnce?: true;
};

/** What goes over the network. `path` includes the query. */
export type HttpRequest = {
  host: Host;
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  onlyOnce: boolean;
};

/** The HTTP request of an API call. */
export function toHttpRequest(call: ApiCall<unknown>): HttpRequest {
  const { host, method, onlyOnce = false } = call;
  const body = call.body && JSON.stringify(call.body);
  return { host, method, path: call.path + searchFor(call), headers: headersFor(call), body, onlyOnce };
}

function searchFor({ host, query, token }: ApiCall<unknown>): string {
  const parameters = host === "oapi" && token ? { ...query, access_token: token } : query;
  if (!parameters) return "";
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function headersFor({ host, body, token }: ApiCall<unknown>): Record<string, string> {
  return {
    accept: "application/json",
    // The answers are short, and a compressed one would have to be decoded.
    "accept-encoding": "identity",
    ...(body && { "content-type": "application/json" }),
    ...(host === "api" && token && { "x-acs-dingtalk-access-token": token }),
  };
}
