const userAgent =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

export type Reply = { status: number; location: string | null; text: string };
export type Browser = {
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  post: (path: string, body: Record<string, string>) => Promise<Reply>;
  /** Sends a form as a browser without scripts does. */
  submit: (path: string, fields: Record<string, string>) => Promise<Reply>;
  /** Hears what the server sends until the signal aborts or the server ends it. Resolves when the line stands. */
  listen: (path: string, hear: (text: string) => void, signal: AbortSignal) => Promise<void>;
};

/** A desktop browser as a server sees it: keeps cookies and connections, and shows where a redirect leads without going there. */
export function createBrowser(origin: string): Browser {
  const jar = new Map<string, string>();

  async function send(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "user-agent": userAgent, cookie, ...init.headers };
    const response = await fetch(origin + path, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    return response;
  }

  async function ask(path: string, init: RequestInit): Promise<Reply> {
    const response = await send(path, init);
    return { status: response.status, location: response.headers.get("location"), text: await response.text() };
  }

  return {
    get: (path, headers = {}) => ask(path, { headers: { ...json, ...headers } }),
    post: (path, body) => ask(path, { method: "POST", headers: json, body: JSON.stringify(body) }),
    submit: (path, fields) => ask(path, { method: "POST", headers: { origin }, body: formOf(fields) }),
    async listen(path, hear, signal) {
      const { status, body } = await send(path, { signal });
      if (status !== 200 || !body) throw new Error(`${path} opened no stream: ${status}`);
      void readAll(body, hear);
    },
  };
}

const json = { "content-type": "application/json" };

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

async function readAll(body: ReadableStream<Uint8Array>, hear: (text: string) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      hear(decoder.decode(part.value, { stream: true }));
  } catch {
    // Aborted by the listener, who knows.
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === "" || /max-age=0(;|$)/i.test(line)) jar.delete(name);
  else jar.set(name, value);
}
