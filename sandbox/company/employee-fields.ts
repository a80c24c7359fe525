import { type Permission } from "../settings";
import { type Store } from "../store";
import { type Person } from "./people";

/** Who reads the fields: with which permissions, and from which address of the sandbox. */
type Reader = { store: Store; may: (permission: Permission) => boolean; origin: string };

/** topapi/v2/user/get, as the SDK types it. Values that were never entered are absent, a default picture is "". */
export function employeeFields({ store, may, origin }: Reader, person: Person) {
  return {
    userid: person.userid,
    unionid: person.unionid,
    name: person.name,
    avatar: avatarUrl(origin, person),
    state_code: person.stateCode,
    ...withValue({ mobile: may("fieldMobile") ? person.mobile : null }),
    hide_mobile: person.hideMobile,
    ...withValue({ telephone: person.telephone }),
    job_number: person.jobNumber ?? "",
    title: person.title ?? "",
    ...withValue({ manager_userid: person.managerUserid }),
    ...(may("fieldEmail") ? personalFields(person) : {}),
    ...(person.orgEmail ? { org_email: person.orgEmail, org_email_type: "base" } : {}),
    ...withValue({ login_id: person.loginId, hired_date: person.hiredDate }),
    exclusive_account: false,
    ...placeFields(person),
    ...(person.roles.length > 0 ? { role_list: person.roles.map(roleFields) } : {}),
    active: person.active,
    real_authed: person.realAuthed,
    senior: person.senior,
    admin: person.admin,
    boss: person.boss,
    ...(person.alsoIn ? { union_emp_ext: relatedAccountFields(store, person, person.alsoIn) } : {}),
  };
}

export function avatarUrl(origin: string, person: Person): string {
  if (person.avatar !== "generated") return person.avatar ?? "";
  return `${origin}/_sandbox/avatars/${person.userid}.svg`;
}

/** 1 for the main admin, 2 for a sub admin, 100 for the boss, 0 for everyone else. */
export function sysLevelOf(person: Person): number {
  if (person.admin) return 1;
  if (person.subAdmin) return 2;
  return person.boss ? 100 : 0;
}

/** Only the fields that have a value. */
function withValue(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ""));
}

/** Present only with the permission 邮箱等个人信息. The extension is JSON inside a string. */
function personalFields(person: Person): Record<string, unknown> {
  const hasExtension = Object.keys(person.extension).length > 0;
  return withValue({
    email: person.email,
    work_place: person.workPlace,
    remark: person.remark,
    extension: hasExtension ? JSON.stringify(person.extension) : null,
  });
}

function placeFields(person: Person) {
  return {
    dept_id_list: person.departments.map((place) => place.id),
    dept_order_list: person.departments.map((place) => ({ dept_id: place.id, order: BigInt(place.order) })),
    leader_in_dept: person.departments.map((place) => ({ dept_id: place.id, leader: place.leader })),
    dept_position_list: person.departments.map((place, index) => ({
      dept_id: place.id,
      is_main: index === 0,
      title: place.title ?? person.title ?? "",
      work_place: person.workPlace ?? "",
    })),
  };
}

function roleFields(role: Person["roles"][number]) {
  return { id: role.id, name: role.name, group_name: role.groupName };
}

function relatedAccountFields(store: Store, person: Person, other: { corpId: string; userid: string }) {
  return {
    userid: person.userid,
    corp_id: store.options.corpId,
    union_emp_map_list: [{ userid: other.userid, corp_id: other.corpId }],
  };
}

/** GET /user/get: flat, in camelCase, with two strings that look like JSON and are not. */
export function legacyEmployeeFields({ may, origin }: Reader, person: Person) {
  return {
    unionid: person.unionid,
    userid: person.userid,
    name: person.name,
    position: person.title ?? "",
    tel: person.telephone ?? "",
    ...withValue({ mobile: may("fieldMobile") ? person.mobile : null }),
    stateCode: person.stateCode,
    ...(may("fieldEmail") ? legacyPersonalFields(person) : {}),
    ...withValue({ orgEmail: person.orgEmail, managerUserid: person.managerUserid, hiredDate: person.hiredDate }),
    jobnumber: person.jobNumber ?? "",
    active: person.active,
    avatar: avatarUrl(origin, person),
    isSenior: person.senior,
    isAdmin: person.admin,
    isBoss: person.boss,
    isHide: person.hideMobile,
    realAuthed: person.realAuthed,
    department: person.departments.map((place) => place.id),
    orderInDepts: unquotedObject(person.departments.map((place) => [place.id, place.order])),
    isLeaderInDepts: unquotedObject(person.departments.map((place) => [place.id, place.leader])),
    roles: person.roles.map((role) => ({ ...role, type: 102 })),
    extattr: person.extension,
    tags: {},
  };
}

function legacyPersonalFields(person: Person) {
  return { email: person.email ?? "", workPlace: person.workPlace ?? "", remark: person.remark ?? "" };
}

/** {101:false,102:true}: the keys are bare numbers, as the live service sends them. */
function unquotedObject(pairs: (string | number | boolean)[][]): string {
  return `{${pairs.map((pair) => pair.join(":")).join(",")}}`;
}
