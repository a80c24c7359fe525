/** The request that next/headers describes in unit tests; test/setup.ts puts these functions in its place. */
const request = { headers: new Headers(), cookies: new Map<string, string>() };

type Change = { name: string; value: string; options: object };

/** The cookies that were set or deleted since the last request, in order. */
export const cookieChanges: Change[] = [];

type Arrival = { headers?: Record<string, string> | Headers; cookies?: Record<string, string> };

/** The next call reads this request. */
export function setRequest({ headers = {}, cookies = {} }: Arrival): void {
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
