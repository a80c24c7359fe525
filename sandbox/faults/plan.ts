import { z } from "zod";

const replacements = [
  z.strictObject({
    kind: z.literal("status"),
    status: z.number().int().min(200).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    requiredScopes: z.array(z.string()).optional(),
    body: z.unknown().optional(),
  }),
  z.strictObject({ kind: z.literal("errcode"), errcode: z.number(), errmsg: z.string().optional() }),
  z.strictObject({ kind: z.literal("subcode"), subcode: z.string(), submsg: z.string().optional() }),
  z.strictObject({ kind: z.literal("hang") }),
  z.strictObject({ kind: z.literal("reset") }),
  z.strictObject({ kind: z.literal("html") }),
  z.strictObject({ kind: z.literal("badGateway") }),
  z.strictObject({ kind: z.literal("empty"), status: z.number().int().min(200).max(599).default(200) }),
  z.strictObject({ kind: z.literal("blocked") }),
  z.strictObject({ kind: z.literal("huge"), bytes: z.number().int().positive().default(8_388_608) }),
  z.strictObject({ kind: z.literal("redirect"), location: z.string().default("/elsewhere") }),
] as const;

const distortions = [
  z.strictObject({ kind: z.literal("delayMs"), delayMs: z.number().min(0) }),
  z.strictObject({ kind: z.literal("truncate"), bytes: z.number().int().min(0).optional() }),
  z.strictObject({ kind: z.literal("wrongType") }),
  z.strictObject({ kind: z.literal("stringErrcode") }),
  z.strictObject({ kind: z.literal("zeroExpiry"), missing: z.boolean().default(false) }),
  z.strictObject({
    kind: z.literal("fields"),
    set: z.record(z.string(), z.unknown()).default({}),
    drop: z.array(z.string()).default([]),
  }),
] as const;

const faultSchema = z.discriminatedUnion("kind", [...replacements, ...distortions]);

export const plannedFaultSchema = z.strictObject({
  /** Without a query; a trailing * matches any rest. */
  path: z.string().startsWith("/"),
  times: z.number().int().positive().default(1),
  fault: faultSchema,
});

export type PlannedFault = z.output<typeof plannedFaultSchema>;
export type PlannedFaultInput = z.input<typeof plannedFaultSchema>;
export type Fault = z.output<typeof faultSchema>;
export type Distortion = z.output<(typeof distortions)[number]>;
export type Replacement = z.output<(typeof replacements)[number]>;

export function isDistortion(fault: Fault): fault is Distortion {
  return distortions.some((schema) => schema.shape.kind.value === fault.kind);
}

/** The fault that is planned for this path, or null. A plan leaves the list after its last use. */
export function consumeFault(plans: PlannedFault[], path: string): Fault | null {
  const index = plans.findIndex((plan) => matches(plan.path, path));
  const plan = plans[index];
  if (!plan) return null;
  plan.times -= 1;
  if (plan.times === 0) plans.splice(index, 1);
  return plan.fault;
}

function matches(pattern: string, path: string): boolean {
  if (pattern.endsWith("*")) return path.startsWith(pattern.slice(0, -1));
  return pattern === path;
}
