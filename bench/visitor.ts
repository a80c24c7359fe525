const userAgent =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

export type Reply = { status: number; location: string | null; text: string };
export type Visitor = {
  get: (path: string) => Promise<Reply>;
  post: (path: string, body: Record<string, string>) => Promise<Reply>;
};

/** A desktop browser as a server sees it: keeps cookies and connections, and shows where a redirect leads without going there. */
export function createVisitor(origin: string): Visitor {
  const jar = new Map<string, string>();

  async function ask(path: string, init: RequestInit): Promise<Reply> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "content-type": "application/json", "user-agent": userAgent, cookie };
    const response = await fetch(origin + path, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    return { status: response.status, location: response.headers.get("location"), text: await response.text() };
  }

  return {
    get: (path) => ask(path, { method: "GET" }),
    post: (path, body) => ask(path, { method: "POST", body: JSON.stringify(body) }),
  };
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === "" || /max-age=0(;|$)/i.test(line)) jar.delete(name);
  else jar.set(name, value);
}
