import { type z } from "zod";
import { type ApiCall } from "./call";
import { DingTalkError } from "./errors";
import { corpTokenSchema } from "./schemas";

export type CorpTokenOptions = { clientId: string; clientSecret: string; corpId: string; corpTokenApi: "corp" | "app" };

type IssuedToken = z.infer<typeof corpTokenSchema>;

type CachedToken = { value: string; renewAtMs: number; expiresAtMs: number };

type CacheOptions = {
  load: () => Promise<IssuedToken>;
  clock: () => number;
  random: () => number;
};

type CorpTokenCache = {
  current: () => Promise<string>;
  /** Runs `send` with the corp token. When DingTalk rejects the token, loads another one and runs `send` once more. */
  use: <Result>(send: (token: string) => Promise<Result>) => Promise<Result>;
};

// The shortest time between two loads. Neither a very short lifetime nor repeated rejections shorten it.
const minLifetimeMs = 5000;

/**
 * Caches one corp token. Concurrent callers share one load; the token is renewed in the background at 80 to 90 % of its
 * lifetime and loaded again once after DingTalk rejects it. Failures are not cached; the waiting callers receive them.
 */
export function createCorpTokenCache({ load, clock, random }: CacheOptions): CorpTokenCache {
  let cached: CachedToken | null = null;
  let loading: Promise<CachedToken> | null = null;
  let lastRejectedAtMs = Number.NEGATIVE_INFINITY;

  async function loadToken(): Promise<CachedToken> {
    const startedAtMs = clock();
    const { token, expiresInSeconds } = await load();
    const lifetimeMs = Math.max(expiresInSeconds * 1000, minLifetimeMs);
    const renewAtMs = startedAtMs + lifetimeMs * (0.8 + 0.1 * random());
    cached = { value: token, renewAtMs, expiresAtMs: startedAtMs + lifetimeMs };
    return cached;
  }

  function renew(): Promise<CachedToken> {
    loading ??= loadToken().finally(() => {
      loading = null;
    });
    return loading;
  }

  function renewInBackground(token: CachedToken): void {
    // The call report has the failure. The token is still valid, so the next attempt only waits a little.
    renew().catch(() => {
      token.renewAtMs = clock() + minLifetimeMs;
    });
  }

  async function get(): Promise<CachedToken> {
    const nowMs = clock();
    if (!cached || nowMs >= cached.expiresAtMs) return renew();
    if (nowMs >= cached.renewAtMs) renewInBackground(cached);
    return cached;
  }

  // Returns whether another token may be used. Objects are compared, not their texts: a late rejection of an older token
  // must not drop a newer one, even of the same text.
  function dropRejected(rejected: CachedToken): boolean {
    if (cached !== rejected) return true;
    if (clock() - lastRejectedAtMs < minLifetimeMs) return false;
    lastRejectedAtMs = clock();
    cached = null;
    return true;
  }

  async function use<Result>(send: (token: string) => Promise<Result>): Promise<Result> {
    const token = await get();
    try {
      return await send(token.value);
    } catch (error) {
      const isRejected = error instanceof DingTalkError && error.reason === "invalid_token";
      if (!isRejected || !dropRejected(token)) throw error;
    }
    const fresh = await get();
    return send(fresh.value);
  }

  return { current: async () => (await get()).value, use };
}

/**
 * Describes the call for a corp token: the organisation's unified endpoint, or the app's older one, which some APIs require.
 * https://open.dingtalk.com/document/development/api-gettoken
 * https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app
 */
export function corpTokenCall({
  clientId,
  clientSecret,
  corpId,
  corpTokenApi,
}: CorpTokenOptions): ApiCall<IssuedToken> {
  // Whatever waits for the token, a sign-in may be waiting for it too.
  const post = { host: "api", method: "POST", schema: corpTokenSchema, priority: "sign_in" } as const;
  if (corpTokenApi === "app") {
    const body = { appKey: clientId, appSecret: clientSecret };
    return { ...post, name: "accessToken", path: "/v1.0/oauth2/accessToken", body };
  }
  const body = { client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" };
  return { ...post, name: "corpId/token", path: `/v1.0/oauth2/${encodeURIComponent(corpId)}/token`, body };
}
