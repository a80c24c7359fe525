import { type z } from "zod";
import { DingTalkError } from "./errors";
import { type Repeat } from "./repeat";
import { type Call, type Request } from "./request";
import { corpTokenSchema } from "./schemas";

export type CorpTokenOptions = { clientId: string; clientSecret: string; corpId: string; corpTokenApi: "corp" | "app" };

type LoadedToken = z.infer<typeof corpTokenSchema>;

type CorpToken = { value: string; renewAt: number; expiresAt: number };

type CorpTokens = {
  current: () => Promise<string>;
  /** Sends with the corp token; when DingTalk no longer accepts it, fetches another one and sends once more. */
  use: <Answer>(send: (token: string) => Promise<Answer>) => Promise<Answer>;
};

type CorpTokenCache = {
  load: () => Promise<LoadedToken>;
  clock: () => number;
  random: () => number;
};

// No token is renewed sooner than this after it was fetched, whatever lifetime or refusals DingTalk answers.
const shortestLifeMs = 5000;

/**
 * Keeps one corp token: a single fetch for any number of callers, renewed in the background at 80 to 90 % of its life,
 * fetched anew once after DingTalk refuses it. Failures are not kept; they reach whoever had to wait.
 */
export function createCorpTokens({ load, clock, random }: CorpTokenCache): CorpTokens {
  let kept: CorpToken | null = null;
  let loading: Promise<CorpToken> | null = null;
  let forcedAt = Number.NEGATIVE_INFINITY;

  async function fetchToken(): Promise<CorpToken> {
    const startedAt = clock();
    const { token, expiresInSeconds } = await load();
    const lifeMs = Math.max(expiresInSeconds * 1000, shortestLifeMs);
    const renewAt = startedAt + lifeMs * (0.8 + 0.1 * random());
    kept = { value: token, renewAt, expiresAt: startedAt + lifeMs };
    return kept;
  }

  function renew(): Promise<CorpToken> {
    loading ??= fetchToken().finally(() => {
      loading = null;
    });
    return loading;
  }

  function renewBehind(token: CorpToken): void {
    // The failure was reported call by call; the token still serves, so the next try comes a little later.
    renew().catch(() => {
      token.renewAt = clock() + shortestLifeMs;
    });
  }

  async function get(): Promise<CorpToken> {
    const now = clock();
    if (!kept || now >= kept.expiresAt) return renew();
    if (now >= kept.renewAt) renewBehind(kept);
    return kept;
  }

  // Compared by identity, so that a late refusal of an older token cannot drop a newer one, even of the same text.
  function dropRefused(token: CorpToken): boolean {
    if (kept !== token) return true;
    if (clock() - forcedAt < shortestLifeMs) return false;
    forcedAt = clock();
    kept = null;
    return true;
  }

  async function use<Answer>(send: (token: string) => Promise<Answer>): Promise<Answer> {
    const token = await get();
    try {
      return await send(token.value);
    } catch (error) {
      const isStale = error instanceof DingTalkError && error.reason === "invalid_token";
      if (!isStale || !dropRefused(token)) throw error;
    }
    const fresh = await get();
    return send(fresh.value);
  }

  return { current: async () => (await get()).value, use };
}

/**
 * Fetches a corp token by the unified endpoint of the organisation or by the older one of the app, which some calls insist on.
 * https://open.dingtalk.com/document/development/api-gettoken
 * https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app
 */
export function loadCorpToken(options: CorpTokenOptions, request: Request, repeat: Repeat): Promise<LoadedToken> {
  const call = options.corpTokenApi === "corp" ? corpCall(options) : appCall(options);
  return repeat(() => request(call));
}

function corpCall({ clientId, clientSecret, corpId }: CorpTokenOptions): Call<LoadedToken> {
  const body = { client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" };
  const path = `/v1.0/oauth2/${encodeURIComponent(corpId)}/token`;
  return { name: "corpId/token", host: "api", method: "POST", path, body, answer: corpTokenSchema };
}

function appCall({ clientId, clientSecret }: CorpTokenOptions): Call<LoadedToken> {
  const body = { appKey: clientId, appSecret: clientSecret };
  const path = "/v1.0/oauth2/accessToken";
  return { name: "accessToken", host: "api", method: "POST", path, body, answer: corpTokenSchema };
}
