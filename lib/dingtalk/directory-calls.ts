import { z } from "zod";
import { type ApiCall } from "./call";
import { integer, optionalInteger, text } from "./fields";
import { type UserId, userIdSchema } from "./identity";
import { type ListEntry, readListEntry } from "./listed-employee";
import { type Department, departmentSchema, oapiResult, parentDepartmentsSchema, zeroErrcode } from "./schemas";

export type Language = "zh_CN" | "en_US";

/** What the app may see: these departments with all below them, and these people. */
export type VisibleRange = { departmentIds: number[]; userIds: UserId[] };

export type MemberPage = {
  entries: ListEntry[];
  /** Entries without a readable userid. */
  unreadable: number;
  /** Where the next page begins; null after the last one. */
  nextCursor: number | null;
};

const topapi = { host: "oapi", method: "POST" } as const;
/** The largest page that DingTalk returns. */
const pageSize = 100;

export function departmentCall(id: number, language: Language = "zh_CN"): ApiCall<Department> {
  const path = "/topapi/v2/department/get";
  const body = { dept_id: id, language };
  return { ...topapi, name: "v2/department/get", path, body, schema: departmentSchema };
}

export function parentDepartmentsCall(userid: UserId): ApiCall<number[][]> {
  const path = "/topapi/v2/department/listparentbyuser";
  const schema = parentDepartmentsSchema;
  return { ...topapi, name: "v2/department/listparentbyuser", path, body: { userid }, schema };
}

const rangeSchema = z
  .object({
    errcode: zeroErrcode,
    auth_org_scopes: z.object({ authed_dept: z.array(integer), authed_user: z.array(userIdSchema) }),
  })
  .transform(
    ({ auth_org_scopes: scopes }): VisibleRange => ({ departmentIds: scopes.authed_dept, userIds: scopes.authed_user }),
  );

export function visibleRangeCall(): ApiCall<VisibleRange> {
  return { name: "auth/scopes", host: "oapi", method: "GET", path: "/auth/scopes", schema: rangeSchema };
}

const subDepartmentsSchema = oapiResult(
  z.array(z.object({ dept_id: integer, name: text, parent_id: optionalInteger })),
).transform((departments): Department[] =>
  departments.map(({ dept_id, name, parent_id }) => ({ id: dept_id, name, parentId: parent_id || null })),
);

export function subDepartmentsCall(id: number): ApiCall<Department[]> {
  const path = "/topapi/v2/department/listsub";
  const body = { dept_id: id, language: "zh_CN" };
  return { ...topapi, name: "v2/department/listsub", path, body, schema: subDepartmentsSchema };
}

const membersSchema = oapiResult(
  z
    .object({ has_more: z.boolean(), next_cursor: optionalInteger, list: z.array(z.unknown()) })
    .refine(({ has_more, next_cursor }) => !has_more || next_cursor !== null, "has_more without next_cursor"),
).transform(({ has_more, next_cursor, list: items }): MemberPage => {
  const entries = items.flatMap((item) => readListEntry(item) ?? []);
  return { entries, unreadable: items.length - entries.length, nextCursor: has_more ? next_cursor : null };
});

export function membersCall(departmentId: number, cursor: number): ApiCall<MemberPage> {
  const path = "/topapi/v2/user/list";
  const body = { dept_id: departmentId, cursor, size: pageSize, contain_access_limit: true, language: "zh_CN" };
  return { ...topapi, name: "v2/user/list", path, body, schema: membersSchema };
}

const countSchema = oapiResult(z.object({ count: integer })).transform(({ count }) => count);

export function employeeCountCall(): ApiCall<number> {
  const path = "/topapi/user/count";
  return { ...topapi, name: "user/count", path, body: { only_active: false }, schema: countSchema };
}
