import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "../db/client";
import { rateLimits } from "../db/schema";
import { env } from "../env";
import { singleton } from "../singleton";

/** How often per minute. An office shares one address, so that limit is a setting; the others are what one person does. (S20) */
const perMinute = {
  "open by ip": () => env().TICKETS_PER_MINUTE,
  "open by browser": () => 20,
  "ask by ip": () => env().TICKETS_PER_MINUTE * 10,
  "ask by browser": () => 240,
  "scan by employee": () => 30,
  "decide by employee": () => 10,
};

export type Limit = keyof typeof perMinute;

const limiters = singleton("limiters", () => new Map<Limit, Promise<RateLimiterDrizzle>>());

/** Counts one use against each limit; answers the seconds to wait where one is exceeded, or null. Counted for all processes. */
export async function exceedsLimit(uses: Partial<Record<Limit, string | null>>): Promise<number | null> {
  const waits = await Promise.all(
    Object.entries(uses).map(([limit, key]) => (key && isLimit(limit) ? consume(limit, key) : null)),
  );
  const longest = Math.max(0, ...waits.map((wait) => wait ?? 0));
  return longest || null;
}

function isLimit(name: string): name is Limit {
  return name in perMinute;
}

async function consume(limit: Limit, key: string): Promise<number | null> {
  try {
    await (await limiterOf(limit)).consume(key);
    return null;
  } catch (exceeded) {
    if (!(exceeded instanceof RateLimiterRes)) throw exceeded;
    return Math.ceil(exceeded.msBeforeNext / 1000);
  }
}

function limiterOf(limit: Limit): Promise<RateLimiterDrizzle> {
  const limiter = limiters().get(limit) ?? openLimiter(limit);
  limiters().set(limit, limiter);
  return limiter;
}

async function openLimiter(limit: Limit): Promise<RateLimiterDrizzle> {
  return new RateLimiterDrizzle({
    storeClient: await db(),
    schema: rateLimits,
    keyPrefix: limit,
    points: perMinute[limit](),
    duration: 60,
  });
}
