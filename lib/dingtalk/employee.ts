import { z } from "zod";
import { unionIdSchema, userIdSchema } from "./identity";

const nullableText = z.string().nullable();

const department = z.object({ id: z.number(), isLeader: z.boolean(), isMain: z.boolean(), title: nullableText });

const role = z.object({ id: z.number(), name: z.string(), group: nullableText });

/** An employee, mapped from either of DingTalk's two employee APIs. It is plain JSON, so a stored one can be parsed again. */
export const employeeSchema = z.object({
  userId: userIdSchema,
  unionId: unionIdSchema,
  name: z.string(),
  active: z.boolean(),
  admin: z.boolean(),
  boss: z.boolean(),
  senior: z.boolean(),
  realAuthed: z.boolean(),
  avatarUrl: nullableText,
  title: nullableText,
  jobNumber: nullableText,
  mobile: nullableText,
  stateCode: nullableText,
  hideMobile: z.boolean(),
  telephone: nullableText,
  email: nullableText,
  orgEmail: nullableText,
  workPlace: nullableText,
  remark: nullableText,
  loginId: nullableText,
  hiredAtMs: z.number().nullable(),
  managerUserId: nullableText,
  departments: z.array(department),
  roles: z.array(role),
  extension: z.record(z.string(), z.string()),
});

export type Employee = z.infer<typeof employeeSchema>;
