import { avatarUrl } from "../company/employee-fields";
import { type Person } from "../company/people";
import { requestOrigin, type SandboxContext } from "../http";
import { apiRefusal, type Refusal } from "../refusal";
import { type Store } from "../store";
import { permissionRefusal, requireUserToken } from "./guards";

/**
 * GET /v1.0/contact/users/{unionId|me}: the account, not the employee, and therefore without a userid. A user token acts for
 * one person, so another person's unionId is not found.
 */
export function readContact(store: Store, c: SandboxContext) {
  const token = requireUserToken(store, c);
  if (!store.settings.permissions.includes("Contact.User.Read")) throw permissionRefusal("Contact.User.Read");
  const id = c.req.param("id") ?? "me";
  const person = store.people.find(token.userid);
  if (!person || (id !== "me" && id !== person.unionid)) throw userNotFound();
  const maySeeMobile = store.settings.permissions.includes("Contact.User.mobile");
  return contactOf(person, { origin: requestOrigin(c), maySeeMobile });
}

/** Unset values are absent, not null. */
function contactOf(person: Person, reader: { origin: string; maySeeMobile: boolean }) {
  return {
    nick: person.name,
    ...(person.avatar ? { avatarUrl: avatarUrl(reader.origin, person) } : {}),
    ...(person.mobile && reader.maySeeMobile ? { mobile: person.mobile } : {}),
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
