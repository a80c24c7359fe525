import { z } from "zod";
import { type Employee } from "./employee";
import { extension, flag, integer, list, optionalFlag, optionalInteger, optionalText, text } from "./fields";
import { unionIdSchema, userIdSchema } from "./identity";

const result = z.object({
  userid: userIdSchema,
  unionid: unionIdSchema,
  name: text,
  active: flag,
  admin: optionalFlag,
  boss: optionalFlag,
  senior: optionalFlag,
  real_authed: optionalFlag,
  avatar: optionalText,
  title: optionalText,
  job_number: optionalText,
  mobile: optionalText,
  state_code: optionalText,
  hide_mobile: optionalFlag,
  telephone: optionalText,
  email: optionalText,
  org_email: optionalText,
  work_place: optionalText,
  remark: optionalText,
  login_id: optionalText,
  hired_date: optionalInteger,
  manager_userid: optionalText,
  dept_id_list: list(integer),
  leader_in_dept: list(z.object({ dept_id: integer, leader: optionalFlag })),
  dept_position_list: list(z.object({ dept_id: integer, is_main: optionalFlag, title: optionalText })),
  role_list: list(z.object({ id: integer, name: text, group_name: optionalText })),
  extension,
});

/** The `result` of v2/user/get. https://open.dingtalk.com/document/development/query-user-details */
export const employeeV2Schema = result.transform(
  (person): Employee => ({
    userId: person.userid,
    unionId: person.unionid,
    name: person.name,
    active: person.active,
    admin: person.admin,
    boss: person.boss,
    senior: person.senior,
    realAuthed: person.real_authed,
    avatarUrl: person.avatar,
    title: person.title,
    jobNumber: person.job_number,
    mobile: person.mobile,
    stateCode: person.state_code,
    hideMobile: person.hide_mobile,
    telephone: person.telephone,
    email: person.email,
    orgEmail: person.org_email,
    workPlace: person.work_place,
    remark: person.remark,
    loginId: person.login_id,
    hiredAtMs: person.hired_date,
    managerUserId: person.manager_userid,
    departments: readDepartments(person),
    roles: person.role_list.map(({ id, name, group_name }) => ({ id, name, group: group_name })),
    extension: person.extension,
  }),
);

function readDepartments(person: z.infer<typeof result>): Employee["departments"] {
  return person.dept_id_list.map((id) => {
    const position = person.dept_position_list.find(({ dept_id }) => dept_id === id);
    const isLeader = person.leader_in_dept.some(({ dept_id, leader }) => dept_id === id && leader);
    return { id, isLeader, isMain: position?.is_main ?? false, title: position?.title ?? null };
  });
}
