/** JSON as DingTalk writes it: a bigint becomes a bare number, which JSON.stringify cannot do by itself. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, entry) => (typeof entry === "bigint" ? `\u0000${entry}` : entry));
  return text.replace(/"\\u0000(-?\d+)"/g, "$1");
}

/** An answer with a JSON body and the content type both API hosts use. */
export function jsonResponse(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const headers = { "content-type": "application/json;charset=utf-8", ...init.headers };
  return new Response(toJson(body), { status: init.status ?? 200, headers });
}

/** A JSON object, or null for anything else: not JSON, an array, a bare value. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
