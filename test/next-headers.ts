/** The request that next/headers would tell of; a test mocks that module with this one. */
const request = { headers: new Headers(), cookies: new Map<string, string>() };

type Change = { name: string; value?: string; options?: object };

/** What was set or deleted, in order. */
export const cookieChanges: Change[] = [];

/** The next page is asked for with these. */
export function arrive({ headers = {}, cookies = {} }: { headers?: Record<string, string>; cookies?: object }): void {
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
    has: (name: string) => request.cookies.has(name),
    set: (name: string, value: string, options: object) => void cookieChanges.push({ name, value, options }),
    delete: ({ name, ...options }: { name: string }) => void cookieChanges.push({ name, options }),
  };
}
