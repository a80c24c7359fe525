import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "../db/client";
import { rateLimits } from "../db/schema";
import { env } from "../env";
import { singleton } from "../singleton";

/** Uses per minute. An office shares one address, so that limit is a setting; the others allow what one person does. (S20) */
const perMinute = {
  "open by ip": () => env().TICKETS_PER_MINUTE,
  "open by browser": () => 20,
  "ask by ip": () => env().TICKETS_PER_MINUTE * 10,
  "ask by browser": () => 240,
  "scan by employee": () => 30,
  "decide by employee": () => 10,
};

export type Limit = keyof typeof perMinute;

const limiters = singleton("rateLimiters", () => new Map<Limit, RateLimiterDrizzle>());

/** Counts one use against each limit; returns the seconds to wait where one is exceeded, or null. Shared by all processes. */
export async function exceedsLimit(...uses: [Limit, string | null][]): Promise<number | null> {
  const waits = await Promise.all(uses.map(([limit, key]) => (key === null ? 0 : use(limit, key))));
  return Math.max(...waits) || null;
}

async function use(limit: Limit, key: string): Promise<number> {
  try {
    await limiterFor(limit).consume(key);
    return 0;
  } catch (exceeded) {
    if (!(exceeded instanceof RateLimiterRes)) throw exceeded;
    return Math.ceil(exceeded.msBeforeNext / 1000);
  }
}

function limiterFor(limit: Limit): RateLimiterDrizzle {
  const points = perMinute[limit]();
  const options = { storeClient: db, schema: rateLimits, keyPrefix: limit, points, duration: 60 };
  const limiter = limiters().get(limit) ?? new RateLimiterDrizzle(options);
  limiters().set(limit, limiter);
  return limiter;
}
