import { z } from "zod";

const delayMs = z.number().int().min(0);

/** How the sandbox pushes events. The defaults are DingTalk's documented times. */
export const pushSchema = z.strictObject({
  automatic: z.boolean().default(true),
  /** The types that the console subscribes, for its address and for Stream connections; null means all. */
  types: z.array(z.string()).nullable().default(null),
  faults: z.array(z.enum(["lost", "repeated", "reordered", "delayed"])).default([]),
  delayMs: delayMs.default(2000),
  httpTimeoutMs: delayMs.default(2500),
  httpRetryMs: z.array(delayMs).default([10_000, 30_000]),
  failedListSeconds: z.number().positive().default(300),
});

/** How the Stream gateway and its connections behave. */
export const streamSchema = z.strictObject({
  ticketLifeSeconds: z.number().positive().default(90),
  timeoutMs: delayMs.default(3000),
  retryMs: z.array(delayMs).default([60_000, 60_000]),
  /** null: the gateway sends no ping. */
  pingMs: delayMs.min(1).nullable().default(30_000),
  /** null: the gateway never asks a client to disconnect. */
  lifeSeconds: z.number().positive().nullable().default(null),
  closeDelayMs: delayMs.default(10_000),
});
