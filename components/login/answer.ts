import { readTextField } from "./fields";

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
