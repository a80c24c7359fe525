import { CookieJar } from "tough-cookie";

const userAgent =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

const json = { "content-type": "application/json" };

export type Reply = { status: number; location: string | null; text: string };
export type Browser = {
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  post: (path: string, body: Record<string, string>) => Promise<Reply>;
  /** Submits a form as a browser without scripts does. */
  submit: (path: string, fields: Record<string, string>) => Promise<Reply>;
  /** Reads an event stream until the signal aborts or the server ends it. Resolves when the stream is open. */
  listen: (path: string, onText: (text: string) => void, signal: AbortSignal) => Promise<void>;
  /** The same browser at another process of the app. */
  at: (origin: string) => Browser;
};

/** Creates a desktop browser as a server sees it. It stores cookies and does not follow redirects. */
export function createBrowser(origin: string, jar = new CookieJar()): Browser {
  async function send(path: string, init: RequestInit): Promise<Response> {
    const url = origin + path;
    const headers = { "user-agent": userAgent, cookie: await jar.getCookieString(url), ...init.headers };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) await jar.setCookie(line, url);
    return response;
  }

  async function request(path: string, init: RequestInit): Promise<Reply> {
    const response = await send(path, init);
    return { status: response.status, location: response.headers.get("location"), text: await response.text() };
  }

  return {
    get: (path, headers = {}) => request(path, { headers: { ...json, ...headers } }),
    post: (path, body) => request(path, { method: "POST", headers: json, body: JSON.stringify(body) }),
    submit: (path, fields) => request(path, { method: "POST", headers: { origin }, body: toFormData(fields) }),
    async listen(path, onText, signal) {
      const { status, body } = await send(path, { signal });
      if (status !== 200 || !body) throw new Error(`${path} did not open a stream: ${status}`);
      void readStream(body, onText);
    },
    at: (other) => createBrowser(other, jar),
  };
}

function toFormData(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

async function readStream(body: ReadableStream<Uint8Array>, onText: (text: string) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      onText(decoder.decode(chunk.value, { stream: true }));
  } catch {
    // The caller aborted the stream.
  }
}
