import { z } from "zod";
import { lifetime, list, optionalText, optionalWhole, text, token, whole } from "./fields";
import { corpIdSchema, unionIdSchema, userIdSchema } from "./identity";

/** What every good answer of the oapi host carries, as a number or as text. */
export const zeroErrcode = whole.pipe(z.literal(0));

/** An answer of the oapi host, unwrapped. */
export function oapiAnswer<Result>(result: z.ZodType<Result>) {
  const envelope = z.object({ errcode: zeroErrcode, result: z.unknown() });
  return envelope.transform((answer) => answer.result).pipe(result);
}

/** https://open.dingtalk.com/document/development/obtain-user-token */
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
    expiresInSeconds: lifetime.parse(expireIn ?? expiresIn),
    corpId: corpId ?? null,
  }));

export type UserToken = z.infer<typeof userTokenSchema>;

/** The two token endpoints spell the same answer in two ways. */
export const corpTokenSchema = z.union([
  z
    .object({ access_token: token, expires_in: lifetime })
    .transform((answer) => ({ token: answer.access_token, expiresInSeconds: answer.expires_in })),
  z
    .object({ accessToken: token, expireIn: lifetime })
    .transform((answer) => ({ token: answer.accessToken, expiresInSeconds: answer.expireIn })),
]);

/** https://open.dingtalk.com/document/development/dingtalk-retrieve-user-information */
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

/** https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free */
export const silentIdentitySchema = oapiAnswer(
  z.object({
    userid: userIdSchema,
    unionid: unionIdSchema.nullish().catch(null),
    name: optionalText,
    sys_level: optionalWhole,
  }),
).transform(({ userid, unionid, name, sys_level }) => ({
  userId: userid,
  unionId: unionid ?? null,
  name,
  sysLevel: sys_level ?? 0,
}));

export type SilentIdentity = z.infer<typeof silentIdentitySchema>;

const contactTypes = { 0: "member", 1: "external" } as const;

/** https://open.dingtalk.com/document/development/query-a-user-by-the-union-id */
export const foundPersonSchema = oapiAnswer(
  z.object({ userid: userIdSchema, contact_type: whole.pipe(z.literal([0, 1])) }),
).transform(({ userid, contact_type }) => ({ userId: userid, contactType: contactTypes[contact_type] }));

export type FoundPerson = z.infer<typeof foundPersonSchema>;

/** https://open.dingtalk.com/document/development/query-department-details0-v2 */
export const departmentSchema = oapiAnswer(
  z.object({ dept_id: whole, name: text, parent_id: optionalWhole }),
  // The root has no parent; some answers say so with 0.
).transform(({ dept_id, name, parent_id }) => ({ id: dept_id, name, parentId: parent_id || null }));

export type Department = z.infer<typeof departmentSchema>;

/** https://open.dingtalk.com/document/development/queries-the-list-of-all-parent-departments-of-a-user */
export const parentDepartmentsSchema = oapiAnswer(
  z.object({ parent_list: list(z.object({ parent_dept_id_list: list(whole) })) }),
).transform(({ parent_list }) => parent_list.map((path) => path.parent_dept_id_list));

/** The message is only taken in; DingTalk delivers it later. */
export const sentSchema = z.object({ errcode: zeroErrcode }).transform(() => undefined);
