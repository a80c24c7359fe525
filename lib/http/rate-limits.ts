import { RateLimiterDrizzle, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "../db/client";
import { rateLimits } from "../db/expiring-schema";
import { env } from "../env";
import { beyondRequest } from "../incoming-request";
import { hashSecret } from "../secrets";
import { singleton } from "../singleton";

/** Uses per minute. An office shares one address, so those limits are settings; the others allow what one person does. (S20, S42) */
const perMinute = {
  "request by ip": () => env().REQUESTS_PER_MINUTE,
  "request by browser": () => 240,
  // A sign-in that waits for its turn has been counted. It asks again every few seconds, and then counts for itself.
  "return by sign-in": () => 30,
  // Codes that DingTalk refuses use up its limit. An office has few of them, a flood of invented ones has nothing else.
  "refusal by ip": () => Math.ceil(env().REQUESTS_PER_MINUTE / 50),
  // A report is a log line, and the first ones of an office already say what fails there.
  "report by ip": () => Math.ceil(env().REQUESTS_PER_MINUTE / 50),
  // What DingTalk sends is not refused, so that only strangers reach it.
  "refused push by ip": () => 60,
  "open by ip": () => env().TICKETS_PER_MINUTE,
  "open by browser": () => 20,
  "ask by ip": () => env().TICKETS_PER_MINUTE * 10,
  "ask by browser": () => 240,
  "scan by employee": () => 30,
  "decide by employee": () => 10,
};

export type Limit = keyof typeof perMinute;

const limiters = singleton("rateLimiters", () => new Map<Limit, RateLimiterDrizzle | RateLimiterMemory>());

/**
 * Counts one use against each limit in turn; returns the seconds to wait at the first one that is exceeded, or null. Name the
 * address before the browser: a cookie can be made up, and an exceeded address counts none.
 */
export async function exceedsLimit(...uses: (readonly [Limit, string | null])[]): Promise<number | null> {
  for (const [limit, key] of uses) {
    const wait = key === null ? null : await use(limit, key);
    if (wait !== null) return wait;
  }
  return null;
}

/** Whether a limit is reached. This counts nothing. */
export async function isAtLimit(limit: Limit, key: string | null): Promise<boolean> {
  if (key === null) return false;
  const used = await limiterFor(limit).get(hashSecret(key));
  return used !== null && used.consumedPoints >= perMinute[limit]();
}

async function use(limit: Limit, key: string): Promise<number | null> {
  try {
    // A hash is short, whatever the caller sent. A count in memory has a timer, which lives for a minute.
    await beyondRequest(() => limiterFor(limit).consume(hashSecret(key)));
    return null;
  } catch (exceeded) {
    if (!(exceeded instanceof RateLimiterRes)) throw exceeded;
    return Math.max(1, Math.ceil(exceeded.msBeforeNext / 1000));
  }
}

function limiterFor(limit: Limit): RateLimiterDrizzle | RateLimiterMemory {
  const limiter = limiters().get(limit) ?? createLimiter(limit);
  limiters().set(limit, limiter);
  return limiter;
}

/** Of these the database keeps no count: they cost no statement. */
const inThisProcess = /by browser$|^return|^refus/;

/**
 * Browsers are counted in this process, and so is everything while this process is the only one, as it is with the embedded
 * database. Otherwise the database counts for all processes together: one statement per use, and none once the limit is
 * reached. While it is down, this process counts alone.
 */
function createLimiter(limit: Limit): RateLimiterDrizzle | RateLimiterMemory {
  const points = perMinute[limit]();
  const options = { keyPrefix: limit, points, duration: 60 };
  const inMemory = new RateLimiterMemory(options);
  const isOnlyProcess = env().DATABASE_URL === null;
  if (isOnlyProcess || inThisProcess.test(limit)) return inMemory;
  return new RateLimiterDrizzle({
    ...options,
    storeClient: db,
    schema: rateLimits,
    inMemoryBlockOnConsumed: Math.max(1, points),
    insuranceLimiter: inMemory,
    // lib/sweep.ts deletes what has expired.
    clearExpiredByTimeout: false,
  });
}

/** The answer to a script that has to wait; `fields` join its body. */
export function tooManyRequests(seconds: number, fields: Record<string, string> = {}): Response {
  const headers = { "retry-after": String(seconds), "cache-control": "no-store" };
  return Response.json({ ...fields, retryAfterSeconds: seconds }, { status: 429, headers });
}
