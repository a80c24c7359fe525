import { type Permission } from "../settings";
import { type Store } from "../store";
import { type Person } from "./person";

type May = (permission: Permission) => boolean;

/** topapi/v2/user/get, as the SDK types it: values that were never entered are left out, a default picture is "". */
export function employeeAnswer(store: Store, person: Person, may: May) {
  return {
    userid: person.userid,
    unionid: person.unionid,
    name: person.name,
    avatar: avatarOf(store, person),
    state_code: person.stateCode,
    ...given({ mobile: may("fieldMobile") ? person.mobile : null }),
    hide_mobile: person.hideMobile,
    ...given({ telephone: person.telephone }),
    job_number: person.jobNumber ?? "",
    title: person.title ?? "",
    ...given({ manager_userid: person.managerUserid }),
    ...(may("fieldEmail") ? personalFields(person) : {}),
    ...(person.orgEmail ? { org_email: person.orgEmail, org_email_type: "base" } : {}),
    ...given({ login_id: person.loginId, hired_date: person.hiredDate }),
    exclusive_account: false,
    ...departmentFields(person),
    ...(person.roles.length > 0 ? { role_list: person.roles.map(roleAnswer) } : {}),
    active: person.active,
    real_authed: person.realAuthed,
    senior: person.senior,
    admin: person.admin,
    boss: person.boss,
    ...(person.alsoIn ? { union_emp_ext: relatedAnswer(store, person, person.alsoIn) } : {}),
  };
}

export function avatarOf(store: Store, person: Person): string {
  if (person.avatar !== "generated") return person.avatar ?? "";
  return `${store.addresses.sandbox}/_sandbox/avatars/${person.userid}.svg`;
}

/** 1 main admin, 2 sub admin, 100 boss, 0 everyone else. */
export function sysLevelOf(person: Person): number {
  if (person.admin) return 1;
  if (person.subAdmin) return 2;
  return person.boss ? 100 : 0;
}

/** Only what has a value. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ""));
}

/** Shown only with the permission 邮箱等个人信息; extension is JSON inside a string. */
function personalFields(person: Person): Record<string, unknown> {
  const hasExtension = Object.keys(person.extension).length > 0;
  return given({
    email: person.email,
    work_place: person.workPlace,
    remark: person.remark,
    extension: hasExtension ? JSON.stringify(person.extension) : null,
  });
}

function departmentFields(person: Person) {
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

function roleAnswer(role: Person["roles"][number]) {
  return { id: role.id, name: role.name, group_name: role.groupName };
}

function relatedAnswer(store: Store, person: Person, other: { corpId: string; userid: string }) {
  return {
    userid: person.userid,
    corp_id: store.options.corpId,
    union_emp_map_list: [{ userid: other.userid, corp_id: other.corpId }],
  };
}
