import { z } from "zod";
import { unionIdSchema, userIdSchema } from "./identity";

const maybeText = z.string().nullable();

const departmentPlace = z.object({ id: z.number(), isLeader: z.boolean(), isMain: z.boolean(), title: maybeText });

const role = z.object({ id: z.number(), name: z.string(), group: maybeText });

/** An employee as both of DingTalk's APIs are mapped to it; plain JSON, so that a stored one can be parsed back. */
export const employeeSchema = z.object({
  userId: userIdSchema,
  unionId: unionIdSchema,
  name: z.string(),
  active: z.boolean(),
  admin: z.boolean(),
  boss: z.boolean(),
  senior: z.boolean(),
  realAuthed: z.boolean(),
  avatarUrl: maybeText,
  title: maybeText,
  jobNumber: maybeText,
  mobile: maybeText,
  stateCode: maybeText,
  hideMobile: z.boolean(),
  telephone: maybeText,
  email: maybeText,
  orgEmail: maybeText,
  workPlace: maybeText,
  remark: maybeText,
  loginId: maybeText,
  hiredAtMs: z.number().nullable(),
  managerUserId: maybeText,
  departments: z.array(departmentPlace),
  roles: z.array(role),
  extension: z.record(z.string(), z.string()),
});

export type Employee = z.infer<typeof employeeSchema>;
