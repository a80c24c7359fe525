import { z } from "zod";
import { auditKinds } from "../audit/events";
import { outcomes } from "../audit/outcomes";
import { dayAfter, startOfDay } from "../beijing-time";

/** The spans that the page offers, in hours. */
const spanHours = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 };

/** PostgreSQL cannot store control characters such as a zero byte, so that nothing is found with them. */
const text = z
  .string()
  .max(200)
  .transform((value) => value.replace(/\p{Cc}/gu, " ").trim());
/** A day in Beijing. */
const day = z.iso.date().refine((value) => value > "2000");

const schema = z.object({
  person: text.catch(""),
  kind: z.enum(auditKinds).nullable().catch(null),
  outcome: z.enum(outcomes).nullable().catch(null),
  within: z.enum(["hour", "day", "week", "month"]).nullable().catch(null),
  from: day.nullable().catch(null),
  to: day.nullable().catch(null),
  reference: text.transform((value) => value.toUpperCase()).catch(""),
  after: text.nullable().catch(null),
  live: z
    .literal("0")
    .transform(() => false)
    .catch(true),
});

/** What the address, or a form, asks of the audit trail. Every part narrows it. */
export type TrailQuery = z.infer<typeof schema>;

/** Reads a query; a part that cannot be read narrows nothing. */
export function readTrailQuery(given: unknown): TrailQuery {
  return schema.parse(given);
}

/** Whether new events belong on the page that a query shows: not on an older page, nor on days that are over. */
export function mayGrow({ after, to }: TrailQuery): boolean {
  return after === null && to === null;
}

/** The times between which the events of a query are; the second one is not part of it. */
export function boundsOf(
  { within, from, to }: Pick<TrailQuery, "within" | "from" | "to">,
  now: Date,
): [Date | null, Date | null] {
  const since = within ? [new Date(now.getTime() - spanHours[within] * 3_600_000)] : [];
  const begins = [...since, ...(from ? [startOfDay(from)] : [])].sort((one, other) => other.getTime() - one.getTime());
  return [begins[0] ?? null, to ? startOfDay(dayAfter(to)) : null];
}
