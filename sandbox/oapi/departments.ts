import { z } from "zod";
import { isDepartmentInScope, membersOf } from "../company/contact-scope";
import { type Department } from "../records";
import { oapiRefusal } from "../refusal";
import { type OapiCall, type OapiMethod, readParameters } from "./gateway";

const departmentSchema = z.object({ dept_id: z.coerce.number().int() });
const parentSchema = z.object({ dept_id: z.coerce.number().int().default(1) });

const permission = "qyapi_get_department_list";

export const departmentMethods: Record<string, OapiMethod> = {
  "/topapi/v2/department/get": { permission, run: departmentDetails },
  "/topapi/v2/department/listsub": { permission, run: listSub },
  "/topapi/v2/department/listsubid": { permission, run: listSubIds },
  "/topapi/v2/department/listparentbyuser": { permission, run: listParents },
  "/topapi/v2/department/listparentbydept": { permission, run: listDepartmentPath },
};

export const oldDepartmentMethods: Record<string, OapiMethod> = {
  "/department/list": { permission, run: listDepartments },
};

function departmentDetails(call: OapiCall) {
  const { dept_id } = readParameters(call, departmentSchema);
  const department = requireDepartment(call, dept_id);
  return {
    ...departmentFields(department),
    order: department.order,
    tags: "",
    hide_dept: false,
    auto_approve_apply: false,
    from_union_org: false,
    group_contain_sub_dept: false,
    org_dept_owner: department.managers[0] ?? "",
    dept_manager_userid_list: department.managers,
    outer_dept: false,
    outer_permit_depts: [],
    outer_permit_users: [],
    user_permits: [],
    dept_permits: [],
    member_count: membersOf(call.store, department.id).length,
  };
}

function listSub(call: OapiCall) {
  return childrenOf(call, readParameters(call, parentSchema).dept_id).map(departmentFields);
}

function listSubIds(call: OapiCall) {
  const children = childrenOf(call, readParameters(call, departmentSchema).dept_id);
  return { dept_id_list: children.map((one) => one.id) };
}

function listParents(call: OapiCall) {
  const { userid } = readParameters(call, z.object({ userid: z.string().min(1) }));
  const person = call.store.people.find(userid);
  if (person?.membership !== "member") throw oapiRefusal(60_121, "找不到该用户");
  const paths = person.departments.map((place) => call.store.departments.pathToRoot(place.id));
  return { parent_list: paths.map((path) => ({ parent_dept_id_list: path })) };
}

/** The contact scope does not limit this method. The path begins with the department itself. */
function listDepartmentPath(call: OapiCall) {
  const { dept_id } = readParameters(call, departmentSchema);
  const path = call.store.departments.pathToRoot(dept_id);
  if (path.length === 0) throw oapiRefusal(60_003, "部门不存在");
  return { parent_id_list: path };
}

const oldListSchema = z.object({ id: z.coerce.number().int().default(1), fetch_child: z.stringbool().default(false) });

function listDepartments(call: OapiCall) {
  const { id, fetch_child } = readParameters(call, oldListSchema);
  const departments = fetch_child ? descendantsOf(call, id) : childrenOf(call, id);
  return { department: departments.map(oldDepartmentFields) };
}

function oldDepartmentFields({ id, name, parentId }: Department) {
  return { id, name, ...(parentId === null ? {} : { parentid: parentId }), createDeptGroup: false, autoAddUser: false };
}

function descendantsOf(call: OapiCall, id: number): Department[] {
  return childrenOf(call, id).flatMap((child) => [child, ...descendantsOf(call, child.id)]);
}

function childrenOf(call: OapiCall, parentId: number): Department[] {
  requireDepartment(call, parentId);
  return call.store.departments.childrenOf(parentId).filter((one) => isDepartmentInScope(call.store, one.id));
}

export function requireDepartment(call: OapiCall, id: number): Department {
  const department = call.store.departments.find(id);
  if (!department) throw oapiRefusal(60_003, "部门不存在");
  if (!isDepartmentInScope(call.store, id)) throw oapiRefusal(50_004, "部门不在授权范围");
  return department;
}

/** The root has no parent_id. */
function departmentFields(department: Department) {
  return {
    dept_id: department.id,
    name: department.name,
    ...(department.parentId === null ? {} : { parent_id: department.parentId }),
    create_dept_group: false,
    auto_add_user: false,
  };
}
