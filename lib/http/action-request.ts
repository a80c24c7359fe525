import { parseJson, readShortBody } from "./body";
import { isCrossSite } from "./origin";

/** The forms of this app have a few short fields. */
const maxBytes = 64 * 1024;

/**
 * The status that refuses a call of a server action, or null when Next can decode it. Next itself answers 500 to a call
 * that is malformed, too long or from another site. An action of this app takes its form as the one argument, or none. (S34, S39)
 */
export async function refuseAction(request: Request, ownOrigin: string): Promise<400 | 403 | 413 | null> {
  const isMultipart = contentTypeOf(request).startsWith("multipart/form-data");
  const isFetched = request.headers.has("next-action");
  if (request.method !== "POST" || !(isMultipart || isFetched)) return null;
  if (isCrossSite(request.headers, ownOrigin)) return 403;
  const text = await readShortBody(request, maxBytes);
  if (text === null) return 413;
  if (!isMultipart) return text === "[]" ? null : 400;
  const form = await parseForm(request, text);
  return form && (isFetched ? isReply(form) : isPlainForm(form)) ? null : 400;
}

async function parseForm(request: Request, text: string): Promise<FormData | null> {
  const headers = { "content-type": contentTypeOf(request) };
  return new Response(text, { headers }).formData().catch(() => null);
}

/** What React sends for a form: the arguments are one reference to a form, whose fields follow. */
function isReply(form: FormData): boolean {
  return JSON.stringify(parseJson(String(form.get("0")))) === '["$K1"]';
}

/** A form that was submitted before the scripts ran names its action, and binds no arguments to it. */
function isPlainForm(form: FormData): boolean {
  return [...form.keys()].every((name) => !name.startsWith("$ACTION_") || name.startsWith("$ACTION_ID_"));
}

function contentTypeOf({ headers }: Request): string {
  return headers.get("content-type") ?? "";
}
