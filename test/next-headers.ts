/** The current request in unit tests. test/setup.ts replaces next/headers with the functions of this file. */
const request = { headers: new Headers(), cookies: new Map<string, string>() };

type CookieChange = { name: string; value: string; options: object };

/** The cookies that were set or deleted since the last request, in order. */
export const cookieChanges: CookieChange[] = [];

type RequestFields = { headers?: Record<string, string> | Headers; cookies?: Record<string, string> };

/** Sets the request that next/headers reads from now on. */
export function setRequest({ headers = {}, cookies = {} }: RequestFields): void {
  request.headers = new Headers(headers);
  request.cookies = new Map(Object.entries(cookies));
  cookieChanges.length = 0;
}

export async function headers() {
  return request.headers;
}

export async function cookies() {
  return {
    get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined),
    getAll: () => [...request.cookies].map(([name, value]) => ({ name, value })),
    has: (name: string) => request.cookies.has(name),
    set: (name: string, value: string, options: object) => void cookieChanges.push({ name, value, options }),
  };
}
