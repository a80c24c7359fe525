import { z } from "zod";
import { type Employee } from "./employee";
import { extension, flag, integer, list, optionalFlag, optionalInteger, optionalText, text } from "./fields";
import { unionIdSchema, userIdSchema } from "./identity";
import { zeroErrcode } from "./schemas";

const response = z.object({
  errcode: zeroErrcode,
  userid: userIdSchema,
  unionid: unionIdSchema,
  name: text,
  active: flag,
  isAdmin: optionalFlag,
  isBoss: optionalFlag,
  isSenior: optionalFlag,
  realAuthed: optionalFlag,
  avatar: optionalText,
  position: optionalText,
  jobnumber: optionalText,
  mobile: optionalText,
  stateCode: optionalText,
  isHide: optionalFlag,
  tel: optionalText,
  email: optionalText,
  orgEmail: optionalText,
  workPlace: optionalText,
  remark: optionalText,
  hiredDate: optionalInteger,
  managerUserid: optionalText,
  department: list(integer),
  isLeaderInDepts: optionalText,
  roles: list(z.object({ id: integer, name: text, groupName: optionalText })),
  extattr: extension,
});

/**
 * The flat response of the retired GET /user/get. It has no login id, no main department and no title per department.
 * https://open.dingtalk.com/document/development/queries-user-details
 */
export const employeeLegacySchema = response.transform(
  (person): Employee => ({
    userId: person.userid,
    unionId: person.unionid,
    name: person.name,
    active: person.active,
    admin: person.isAdmin,
    boss: person.isBoss,
    senior: person.isSenior,
    realAuthed: person.realAuthed,
    avatarUrl: person.avatar,
    title: person.position,
    jobNumber: person.jobnumber,
    mobile: person.mobile,
    stateCode: person.stateCode,
    hideMobile: person.isHide,
    telephone: person.tel,
    email: person.email,
    orgEmail: person.orgEmail,
    workPlace: person.workPlace,
    remark: person.remark,
    loginId: null,
    hiredAtMs: person.hiredDate,
    managerUserId: person.managerUserid,
    departments: readDepartments(person),
    roles: person.roles.map(({ id, name, groupName }) => ({ id, name, group: groupName })),
    extension: person.extattr,
  }),
);

function readDepartments(person: z.infer<typeof response>): Employee["departments"] {
  const led = readLedDepartments(person.isLeaderInDepts ?? "");
  return person.department.map((id) => ({ id, isLeader: led.has(id), isMain: false, title: null }));
}

// The text looks like `{101:false,102:true}`. It is not JSON, because its keys are not quoted.
function readLedDepartments(text: string): Set<number> {
  return new Set(Array.from(text.matchAll(/(\d+)"?\s*:\s*"?true/g), ([, id]) => Number(id)));
}
