import { isPersonInScope } from "../company/contact-scope";
import { avatarUrl } from "../company/employee-fields";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { apiRefusal, type Refusal } from "../refusal";
import { type Store } from "../store";
import { permissionRefusal, requireCorpPermission, requireCorpToken, requireUserToken } from "./guards";

/** GET /v1.0/contact/users/{unionId|me}: the account, not the employee, and therefore without a userid. */
export function readContact(store: Store, c: SandboxContext) {
  const token = requireUserToken(store, c);
  if (!store.settings.permissions.includes("Contact.User.Read")) throw permissionRefusal("Contact.User.Read");
  const id = c.req.param("id") ?? "me";
  const person = id === "me" ? store.people.find(token.userid) : store.people.findByUnionid(id);
  if (!person) throw userNotFound();
  return contactOf(store, person);
}

/** POST /v1.0/contact/users/search, by a part of the name. */
export function searchContacts(store: Store, c: SandboxContext, body: Record<string, unknown>) {
  requireCorpPermission(store, requireCorpToken(store, c), "qyapi_addresslist_search");
  const found = store.people.all().filter((person) => isMatch(store, person, String(body.queryWord ?? "")));
  const offset = Number(body.offset ?? 0);
  const page = found.slice(offset, offset + Number(body.size ?? 20));
  return {
    hasMore: offset + page.length < found.length,
    totalCount: found.length,
    list: page.map((person) => person.userid),
  };
}

function isMatch(store: Store, person: Person, word: string): boolean {
  return person.membership === "member" && person.name.includes(word) && isPersonInScope(store, person);
}

/** Unset values are absent, not null. */
function contactOf(store: Store, person: Person) {
  const maySeeMobile = store.settings.permissions.includes("Contact.User.mobile");
  return {
    nick: person.name,
    ...(person.avatar ? { avatarUrl: avatarUrl(store, person) } : {}),
    ...(person.mobile && maySeeMobile ? { mobile: person.mobile } : {}),
    openId: person.openid,
    unionId: person.unionid,
    ...(person.personalEmail ? { email: person.personalEmail } : {}),
    stateCode: person.stateCode,
    visitor: false,
  };
}

function userNotFound(): Refusal {
  return apiRefusal(404, { code: "invalidParameter.user.notFound", message: "找不到该用户" });
}
