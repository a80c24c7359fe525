import { z } from "zod";

/**
 * The text of a request's body, or null when it is longer than `maxBytes`. Bytes are counted as they arrive, because a
 * body sent in chunks announces no length. (S34)
 */
export async function readShortBody(request: Request, maxBytes: number): Promise<string | null> {
  if (Number(request.headers.get("content-length")) > maxBytes) return null;
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      return null;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

export type Fields = z.infer<typeof fields>;

/** A sign-in sends only a few short fields. */
const maxFieldsBytes = 16 * 1024;
const fields = z.record(z.string(), z.string().optional().catch(undefined));

/** The text fields of a short body, sent as JSON or by a form; none when the body is malformed or too long. */
export async function readFields(request: Request): Promise<Fields> {
  const text = await readShortBody(request, maxFieldsBytes);
  if (text === null) return {};
  const body = isJson(request) ? parseJson(text) : Object.fromEntries(new URLSearchParams(text));
  return fields.safeParse(body).data ?? {};
}

/** Whether a request says that its body is JSON, which a form on another site cannot send. (S13) */
export function isJson(request: Request): boolean {
  return request.headers.get("content-type")?.startsWith("application/json") ?? false;
}

/** Parses JSON; null for anything else. */
export function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
