import { z } from "zod";
import { integer, lifetimeSeconds, list, optionalInteger, optionalText, text, token } from "./fields";
import { corpIdSchema, unionIdSchema, userIdSchema } from "./identity";

/** The `errcode` of every successful response of the oapi host, as a number or as text. */
export const zeroErrcode = integer.pipe(z.literal(0));

/** Reads the `result` of a successful response of the oapi host. */
export function oapiResult<Result>(schema: z.ZodType<Result>) {
  const envelope = z.object({ errcode: zeroErrcode, result: z.unknown() });
  return envelope.transform(({ result }) => result).pipe(schema);
}

/** The response of userAccessToken. */
export const userTokenSchema = z
  .object({
    accessToken: token,
    refreshToken: token.nullish().catch(null),
    expireIn: z.unknown().optional(),
    expiresIn: z.unknown().optional(),
    corpId: corpIdSchema.nullish().catch(null),
  })
  .transform(({ accessToken, refreshToken, expireIn, expiresIn, corpId }) => ({
    accessToken,
    refreshToken: refreshToken ?? null,
    expiresInSeconds: lifetimeSeconds.parse(expireIn ?? expiresIn),
    corpId: corpId ?? null,
  }));

export type UserToken = z.infer<typeof userTokenSchema>;

/** The response of the two corp token endpoints, which name the same fields differently. */
export const corpTokenSchema = z.union([
  z
    .object({ access_token: token, expires_in: lifetimeSeconds })
    .transform(({ access_token, expires_in }) => ({ token: access_token, expiresInSeconds: expires_in })),
  z
    .object({ accessToken: token, expireIn: lifetimeSeconds })
    .transform(({ accessToken, expireIn }) => ({ token: accessToken, expiresInSeconds: expireIn })),
]);

/** The response of gateway/connections/open. */
export const connectionSchema = z.object({ endpoint: text, ticket: text });

export type Connection = z.infer<typeof connectionSchema>;

/** The response of get_call_back_failed_result. */
export const failedEventsSchema = z
  .object({ errcode: zeroErrcode, has_more: z.unknown().optional(), failed_list: z.array(z.unknown()).nullish() })
  .transform(({ has_more, failed_list }) => ({
    entries: failed_list ?? [],
    hasMore: has_more === true || has_more === "true",
  }));

/** The response of contact/empLeaveRecords. Its live body was not seen, so that only the ids are read. */
export const leaveRecordsSchema = z
  .object({ nextToken: optionalText, records: z.unknown().optional() })
  .transform(({ nextToken, records }) => ({
    userIds: list(z.object({ userId: userIdSchema }))
      .parse(records ?? [])
      .map(({ userId }) => userId),
    nextToken: nextToken === "0" ? null : nextToken,
  }));

export type LeaveRecords = z.infer<typeof leaveRecordsSchema>;

/** The response of contact/users. */
export const contactSchema = z
  .object({
    unionId: unionIdSchema,
    openId: optionalText,
    nick: optionalText,
    avatarUrl: optionalText,
    mobile: optionalText,
    email: optionalText,
    stateCode: optionalText,
  })
  .transform((contact) => ({ ...contact, nick: contact.nick ?? "" }));

export type Contact = z.infer<typeof contactSchema>;

/** The response of v2/user/getuserinfo. */
export const silentIdentitySchema = oapiResult(
  z.object({
    userid: userIdSchema,
    unionid: unionIdSchema.nullish().catch(null),
    name: optionalText,
    sys_level: optionalInteger,
  }),
).transform(({ userid, unionid, name, sys_level }) => ({
  userId: userid,
  unionId: unionid ?? null,
  name,
  sysLevel: sys_level ?? 0,
}));

export type SilentIdentity = z.infer<typeof silentIdentitySchema>;

const contactTypes = { 0: "member", 1: "external" } as const;

/** The response of user/getbyunionid. */
export const membershipSchema = oapiResult(
  z.object({ userid: userIdSchema, contact_type: integer.pipe(z.literal([0, 1])) }),
).transform(({ userid, contact_type }) => ({ userId: userid, contactType: contactTypes[contact_type] }));

export type Membership = z.infer<typeof membershipSchema>;

/** The response of v2/department/get. */
export const departmentSchema = oapiResult(
  z.object({ dept_id: integer, name: text, parent_id: optionalInteger }),
  // The root department has no parent. Some responses write 0 for it.
).transform(({ dept_id, name, parent_id }) => ({ id: dept_id, name, parentId: parent_id || null }));

export type Department = z.infer<typeof departmentSchema>;

/** The response of v2/department/listparentbyuser. */
export const parentDepartmentsSchema = oapiResult(
  z.object({ parent_list: list(z.object({ parent_dept_id_list: list(integer) })) }),
).transform(({ parent_list }) => parent_list.map((path) => path.parent_dept_id_list));

/** The response of corpconversation/asyncsend_v2. DingTalk accepts the message and delivers it later. */
export const notificationSchema = z.object({ errcode: zeroErrcode }).transform(() => undefined);
