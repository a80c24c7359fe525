import { z } from "zod";
import { type Employee } from "./employee";
import { extension, flag, list, optionalFlag, optionalText, optionalWhole, text, whole } from "./fields";
import { unionIdSchema, userIdSchema } from "./identity";
import { zeroErrcode } from "./schemas";

const answer = z.object({
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
  hiredDate: optionalWhole,
  managerUserid: optionalText,
  department: list(whole),
  isLeaderInDepts: optionalText,
  roles: list(z.object({ id: whole, name: text, groupName: optionalText })),
  extattr: extension,
});

/**
 * The flat answer of the retired GET /user/get, without login id, main department and titles by department, which it
 * does not know. https://open.dingtalk.com/document/development/queries-user-details
 */
export const employeeLegacySchema = answer.transform(
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
    departments: departmentsOf(person),
    roles: person.roles.map(({ id, name, groupName }) => ({ id, name, group: groupName })),
    extension: person.extattr,
  }),
);

function departmentsOf(person: z.infer<typeof answer>): Employee["departments"] {
  const led = departmentsLed(person.isLeaderInDepts ?? "");
  return person.department.map((id) => ({ id, isLeader: led.has(id), isMain: false, title: null }));
}

// The text looks like `{101:false,102:true}`, which is not JSON: its keys are bare numbers.
function departmentsLed(text: string): Set<number> {
  return new Set(Array.from(text.matchAll(/(\d+)"?\s*:\s*"?true/g), ([, id]) => Number(id)));
}
