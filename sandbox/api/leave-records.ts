import { z } from "zod";
import { now } from "../clock";
import { type SandboxContext } from "../http";
import { isGranted } from "../identity/credentials";
import { type LeaveRecord } from "../records";
import { apiRefusal } from "../refusal";
import { type Store } from "../store";
import { requireCorpPermission, requireCorpToken } from "./guards";

/** YYYY-MM-DDTHH:mm:ssZ, without fractions of a second. */
const time = z.iso.datetime({ offset: true, precision: 0 }).transform((value) => Date.parse(value));

const querySchema = z.object({
  startTime: time,
  endTime: time.optional(),
  nextToken: z
    .string()
    .regex(/^[0-9A-F]{1,16}$/)
    .default("0"),
  maxResults: z.coerce.number().int().min(1).max(50),
});

const longestSpanMs = 365 * 86_400_000;

/** GET /v1.0/contact/empLeaveRecords: https://open.dingtalk.com/document/development/query-the-details-of-employees-who-have-left-office */
export function listLeaveRecords(store: Store, c: SandboxContext) {
  const token = requireCorpToken(store, c);
  requireCorpPermission(store, token, "Contact.Common.Read");
  const { startTime, endTime = now(store), nextToken, maxResults } = readQuery(c);
  if (endTime - startTime > longestSpanMs || endTime < startTime) throw invalidParameter("startTime");
  const found = store.leaveRecords.filter(({ leftAt }) => leftAt >= startTime && leftAt <= endTime);
  const first = Number.parseInt(nextToken, 16);
  const page = found.slice(first, first + maxResults);
  const end = first + page.length;
  const maySeeMobile = isGranted(store, token, "fieldMobile");
  return {
    nextToken: end < found.length ? end.toString(16).toUpperCase().padStart(16, "0") : "0",
    records: page.map((record) => recordFields(record, maySeeMobile)),
  };
}

function readQuery(c: SandboxContext): z.output<typeof querySchema> {
  const parsed = querySchema.safeParse(c.req.query());
  if (parsed.success) return parsed.data;
  throw invalidParameter(String(parsed.error.issues[0]?.path[0]));
}

function invalidParameter(name: string) {
  return apiRefusal(400, { code: "invalidParameter.param.invalid", message: `入参错误：${name}` });
}

function recordFields(record: LeaveRecord, maySeeMobile: boolean) {
  const { userid, name, stateCode, mobile, leftAt, reason } = record;
  return {
    userId: userid,
    name,
    stateCode,
    ...(mobile && maySeeMobile ? { mobile } : {}),
    leaveTime: new Date(leftAt).toISOString().replace(/\.\d{3}Z$/, "Z"),
    leaveReason: reason,
  };
}
