import { type NextRequest } from "next/server";
import { z } from "zod";
import { readShortBody } from "../http/body";
import { authCookies, setCookieLine } from "../http/cookies";
import { type Answer, type Call } from "./next-auth";
import { findAbandoned, renameState } from "./state-cookies";

/** What next-auth reads from a body is a few short fields; more is no sign-in. (S34) */
const longestBody = 16 * 1024;
const fields = z.record(z.string(), z.string());

/** A request in the shape that next-auth is asked in; a body that is malformed or too long counts as none. */
export async function readCall(request: NextRequest, action: string[]): Promise<Call> {
  return {
    action,
    method: request.method,
    query: Object.fromEntries(request.nextUrl.searchParams),
    cookies: Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value])),
    body: request.method === "POST" ? await readFields(request) : {},
  };
}

/** A short body's fields, from JSON or a form; none for anything else. */
async function readFields(request: Request): Promise<Record<string, string>> {
  const text = await readShortBody(request, longestBody);
  if (text === null) return {};
  const isJson = request.headers.get("content-type")?.startsWith("application/json");
  return fields.safeParse(isJson ? parseJson(text) : Object.fromEntries(new URLSearchParams(text))).data ?? {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** next-auth's answer as a response, the state that it may have set under the name of its own sign-in. */
export function toResponse(answer: Answer, cookies: Record<string, string>): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const line of ownSetCookies(answer, cookies)) headers.append("set-cookie", line);
  if (answer.location) {
    headers.set("location", answer.location);
    return new Response(null, { status: 302, headers });
  }
  return Response.json(answer.body ?? {}, { status: answer.status, headers });
}

/** Set-Cookie lines for this browser; when they begin a sign-in, those of abandoned ones go. */
export function ownSetCookies(answer: Answer, cookies: Record<string, string>): string[] {
  const cookie = authCookies().state;
  const state = stateBegun(answer);
  if (!state) return answer.setCookies;
  const forgotten = findAbandoned(cookies, cookie.name).map((name) => setCookieLine({ ...cookie, name }, "", 0));
  return [...forgotten, ...answer.setCookies.map((line) => renameState(line, cookie.name, state))];
}

const withAddress = z.object({ url: z.string() });

/** Where an answer sends the browser, by redirect or, to a script, in its body. */
export function addressOf({ location, body }: Answer): string | null {
  return location ?? withAddress.safeParse(body).data?.url ?? null;
}

function stateBegun(answer: Answer): string | null {
  const address = addressOf(answer);
  return address && URL.canParse(address) ? new URL(address).searchParams.get("state") : null;
}
