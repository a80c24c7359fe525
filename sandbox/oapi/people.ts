import { z } from "zod";
import { isPersonInScope, membersOf } from "../company/contact-scope";
import { employeeFields, legacyEmployeeFields, sysLevelOf } from "../company/employee-fields";
import { type Person } from "../company/people";
import { consumeCode } from "../identity/credentials";
import { oapiRefusal } from "../refusal";
import { requireDepartment } from "./departments";
import { type OapiCall, type OapiMethod, readParameters } from "./gateway";

const useridSchema = z.object({ userid: z.string().min(1).max(64) });
const pageSchema = z.object({
  dept_id: z.coerce.number().int(),
  cursor: z.coerce.number().int().min(0).default(0),
  size: z.coerce.number().int().min(1).max(100).default(100),
});

export const peopleMethods: Record<string, OapiMethod> = {
  "/topapi/v2/user/getuserinfo": { permission: "qyapi_base", run: userInfo },
  "/topapi/user/getbyunionid": { permission: "qyapi_get_member", run: getByUnionid },
  "/topapi/v2/user/get": { permission: "qyapi_get_member", run: employeeDetails },
  "/topapi/v2/user/getbymobile": { permission: "qyapi_get_member_by_mobile", run: getByMobile },
  "/topapi/v2/user/list": { permission: "qyapi_get_department_member", run: listMembers },
  "/topapi/user/listsimple": { permission: "qyapi_get_department_member", run: listNames },
  "/topapi/user/listid": { permission: "qyapi_get_department_member", run: listIds },
  "/topapi/user/count": { permission: "qyapi_get_member", run: countMembers },
  "/topapi/user/listadmin": { permission: "qyapi_get_member", run: listAdmins },
};

/** The same methods on their old paths: GET with a flat response. */
export const oldPeopleMethods: Record<string, OapiMethod> = {
  "/user/get": { permission: "qyapi_get_member", run: legacyDetails },
  "/user/getuserinfo": { permission: "qyapi_base", run: legacyUserInfo },
  "/user/getUseridByUnionid": { permission: "qyapi_get_member", run: findContact },
  // The example of the document spells its own path in lower case.
  "/user/getuseridbyunionid": { permission: "qyapi_get_member", run: findContact },
};

const deviceId = "0f1e2d3c4b5a";

/** GET /user/get. The documents say that new applications are not accepted. */
function legacyDetails(call: OapiCall) {
  if (!call.store.settings.legacyUserGet) throw oapiRefusal(60_011, "没有调用该接口的权限");
  return legacyEmployeeFields(call, requireEmployee(call));
}

function userInfo(call: OapiCall) {
  const person = requireSilentCode(call);
  const level = sysLevelOf(person);
  return {
    userid: person.userid,
    unionid: person.unionid,
    name: person.name,
    device_id: deviceId,
    sys: level === 1 || level === 2,
    sys_level: level,
  };
}

function legacyUserInfo(call: OapiCall) {
  const { userid, name, sys, sys_level } = userInfo(call);
  return { userid, name, deviceId, is_sys: sys, sys_level };
}

/** All refusals of a code are alike: unknown, used, expired, or an auth code, which belongs to userAccessToken. */
function requireSilentCode(call: OapiCall): Person {
  const { code = "" } = readParameters(call, z.object({ code: z.string().optional() }));
  if (code === "") throw oapiRefusal(41_026, "缺少code");
  const { clientId, corpId } = call.store.options;
  const silentCode = consumeCode(call.store, code, { kind: "silent", clientId, corpId });
  if (!silentCode) throw oapiRefusal(40_078, "不存在的临时授权码");
  return requireMember(call.store.people.find(silentCode.userid));
}

function getByUnionid(call: OapiCall) {
  const { contactType, userid } = findContact(call);
  return { contact_type: contactType, userid };
}

function findContact(call: OapiCall) {
  const { unionid } = readParameters(call, z.object({ unionid: z.string().min(1) }), { errcode: 40_035 });
  const person = call.store.people.findByUnionid(unionid);
  if (person?.membership === "external") return { contactType: 1, userid: person.userid };
  return { contactType: 0, userid: requireMember(person).userid };
}

function employeeDetails(call: OapiCall) {
  return employeeFields(call, requireEmployee(call));
}

function getByMobile(call: OapiCall) {
  const { mobile } = readParameters(call, z.object({ mobile: z.string().min(1) }));
  const person = call.store.people.all().find((one) => one.mobile === mobile) ?? null;
  return { userid: requireMember(person).userid };
}

function listMembers(call: OapiCall) {
  const query = readParameters(call, pageSchema, { errcode: 40_035 });
  return memberPage(call, query, (person) => employeeInDepartment(call, person, query.dept_id));
}

function employeeInDepartment(call: OapiCall, person: Person, departmentId: number) {
  const place = person.departments.find((one) => one.id === departmentId);
  const inDepartment = { dept_order: BigInt(place?.order ?? "1"), leader: place?.leader ?? false };
  return { ...employeeFields(call, person), ...inDepartment };
}

function listNames(call: OapiCall) {
  return memberPage(call, readParameters(call, pageSchema), ({ userid, name }) => ({ userid, name }));
}

function memberPage(call: OapiCall, query: z.output<typeof pageSchema>, describe: (person: Person) => unknown) {
  const members = requireMembers(call, query.dept_id);
  const end = query.cursor + query.size;
  const hasMore = end < members.length;
  return {
    has_more: hasMore,
    ...(hasMore ? { next_cursor: end } : {}),
    list: members.slice(query.cursor, end).map(describe),
  };
}

function listIds(call: OapiCall) {
  const { dept_id } = readParameters(call, z.object({ dept_id: z.coerce.number().int() }));
  return { userid_list: requireMembers(call, dept_id).map((person) => person.userid) };
}

function countMembers(call: OapiCall) {
  const { only_active } = readParameters(call, z.object({ only_active: z.union([z.boolean(), z.stringbool()]) }));
  const members = call.store.people.all().filter((person) => person.membership === "member");
  return { count: members.filter((person) => person.active || !only_active).length };
}

function listAdmins(call: OapiCall) {
  const admins = call.store.people.all().filter((person) => person.admin || person.subAdmin);
  return admins.map((person) => ({ userid: person.userid, sys_level: sysLevelOf(person) }));
}

function requireMembers(call: OapiCall, departmentId: number): Person[] {
  return membersOf(call.store, requireDepartment(call, departmentId).id);
}

function requireEmployee(call: OapiCall): Person {
  const parsed = useridSchema.safeParse(call.parameters);
  if (!parsed.success) throw oapiRefusal(33_012, "无效的userId");
  const person = requireMember(call.store.people.find(parsed.data.userid));
  if (!isPersonInScope(call.store, person)) throw oapiRefusal(50_002, "企业员工不在授权范围");
  return person;
}

function requireMember(person: Person | null): Person {
  if (person?.membership === "member") return person;
  throw oapiRefusal(60_121, "找不到该用户");
}
