import { z } from "zod";
import { oapiRefusal } from "../refusal";
import { type OapiCall, type OapiMethod } from "./gateway";

export const roleMethods: Record<string, OapiMethod> = {
  "/topapi/role/list": { permission: "qyapi_get_department_list", run: listRoles },
};

type RoleGroup = { groupId: number; name: string; roles: { id: number; name: string }[] };

const sizeSchema = z.coerce.number().int().min(1).max(200).default(20);
const offsetSchema = z.coerce.number().int().min(0).default(0);

/** A page of role groups. Each field has a refusal of its own. */
function listRoles({ store, parameters }: OapiCall) {
  const size = sizeSchema.safeParse(parameters.size);
  if (!size.success) throw oapiRefusal(40_069, "非法的size");
  const offset = offsetSchema.safeParse(parameters.offset);
  if (!offset.success) throw oapiRefusal(40_068, "无效的偏移量");
  const groups = groupRoles(store.people.all().flatMap((person) => person.roles));
  const end = offset.data + size.data;
  return { hasMore: end < groups.length, list: groups.slice(offset.data, end) };
}

/** The groups of the roles that people have. A group has no id of its own in the sandbox: it is below its first role's. */
function groupRoles(roles: { id: number; name: string; groupName: string }[]): RoleGroup[] {
  const groups = new Map<string, RoleGroup>();
  for (const { id, name, groupName } of roles.toSorted((one, other) => one.id - other.id)) {
    const group = groups.get(groupName) ?? { groupId: id - 1, name: groupName, roles: [] };
    if (!group.roles.some((role) => role.id === id)) group.roles.push({ id, name });
    groups.set(groupName, group);
  }
  return [...groups.values()];
}
