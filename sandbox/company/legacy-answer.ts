import { type Permission } from "../settings";
import { type Store } from "../store";
import { avatarOf, given } from "./answers";
import { type Person } from "./person";

/** GET /user/get: flat, camelCase, and with two strings that look like JSON and are not. */
export function legacyAnswer(store: Store, person: Person, may: (permission: Permission) => boolean) {
  return {
    errcode: 0,
    errmsg: "ok",
    unionid: person.unionid,
    userid: person.userid,
    name: person.name,
    position: person.title ?? "",
    tel: person.telephone ?? "",
    ...given({ mobile: may("fieldMobile") ? person.mobile : null }),
    stateCode: person.stateCode,
    ...(may("fieldEmail") ? personalFields(person) : {}),
    ...given({ orgEmail: person.orgEmail, managerUserid: person.managerUserid, hiredDate: person.hiredDate }),
    jobnumber: person.jobNumber ?? "",
    active: person.active,
    avatar: avatarOf(store, person),
    isSenior: person.senior,
    isAdmin: person.admin,
    isBoss: person.boss,
    isHide: person.hideMobile,
    realAuthed: person.realAuthed,
    department: person.departments.map((place) => place.id),
    orderInDepts: unquoted(person.departments.map((place) => [place.id, place.order])),
    isLeaderInDepts: unquoted(person.departments.map((place) => [place.id, place.leader])),
    roles: person.roles.map((role) => ({ ...role, type: 102 })),
    extattr: person.extension,
    tags: {},
  };
}

function personalFields(person: Person) {
  return { email: person.email ?? "", workPlace: person.workPlace ?? "", remark: person.remark ?? "" };
}

/** {101:false,102:true}: the keys are bare numbers, as the live service sends them. */
function unquoted(pairs: (string | number | boolean)[][]): string {
  return `{${pairs.map((pair) => pair.join(":")).join(",")}}`;
}
