/** The named field of a value from outside: a parsed JSON body, a posted message, a rejection. Undefined where it has none. */
export function readField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && hasField(value, name) ? value[name] : undefined;
}

/** The named field where it must be a text; throws when it is not. */
export function readTextField(body: unknown, name: string): string {
  const value = readField(body, name);
  if (typeof value !== "string") throw new Error(`the answer has no ${name}`);
  return value;
}

/** Claims what `in` checks, which TypeScript narrows by itself only for a literal name. */
function hasField<Name extends string>(value: object, name: Name): value is Record<Name, unknown> {
  return name in value;
}

/** The path of an address in an answer. Only the path is used, so an answer cannot send the browser to another site. */
export function readPath(body: unknown): string {
  const { pathname, search, hash } = new URL(readTextField(body, "url"), location.origin);
  return pathname.replace(/^\/+/, "/") + search + hash;
}

/** The JSON of an answer. After too many requests it rejects, and the browser leaves for the page that says how long to wait. */
export async function readAnswer(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json();
  if (answer.status !== 429) return body;
  location.replace(readPath(body));
  throw new Error("too many requests");
}
