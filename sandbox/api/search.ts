import { z } from "zod";
import { isDepartmentInScope, isPersonInScope } from "../company/contact-scope";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { apiRefusal } from "../refusal";
import { type Store } from "../store";
import { requireCorpPermission, requireCorpToken } from "./guards";

type Body = Record<string, unknown>;

/** The documents call `offset` a page number (分页页码). The sandbox follows its name: it counts entries. */
const searchSchema = z.object({
  queryWord: z.string().default(""),
  offset: z.number().int().min(0).default(0),
  size: z.number().int().min(1).default(20),
});

const userSearchSchema = searchSchema.extend({ fullMatchField: z.number().int().nullish() });

/** POST /v1.0/contact/users/search, by a part of the name or, with fullMatchField 1, by the whole name. */
export function searchContacts(store: Store, c: SandboxContext, body: Body) {
  requireSearch(store, c);
  const query = readSearch(body, userSearchSchema);
  const isMatch = query.fullMatchField === 1 ? isNamed : hasNamePart;
  const found = store.people.all().filter((person) => isVisible(store, person) && isMatch(person, query.queryWord));
  return searchPage(
    query,
    found.map((person) => person.userid),
  );
}

/** POST /v1.0/contact/departments/search, by a part of the name. */
export function searchDepartments(store: Store, c: SandboxContext, body: Body) {
  requireSearch(store, c);
  const query = readSearch(body, searchSchema);
  const found = store.departments
    .all()
    .filter((one) => hasNamePart(one, query.queryWord) && isDepartmentInScope(store, one.id));
  return searchPage(
    query,
    found.map((one) => one.id),
  );
}

function requireSearch(store: Store, c: SandboxContext): void {
  requireCorpPermission(store, requireCorpToken(store, c), "qyapi_addresslist_search");
}

function readSearch<Shape extends z.ZodType>(body: Body, schema: Shape): z.output<Shape> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw apiRefusal(400, { code: "parameter.error", message: "参数错误" });
}

function isVisible(store: Store, person: Person): boolean {
  return person.membership === "member" && isPersonInScope(store, person);
}

function isNamed(entry: { name: string }, word: string): boolean {
  return entry.name === word;
}

function hasNamePart(entry: { name: string }, word: string): boolean {
  return entry.name.includes(word);
}

function searchPage<Id>(query: z.output<typeof searchSchema>, found: Id[]) {
  const end = query.offset + query.size;
  return { hasMore: end < found.length, totalCount: found.length, list: found.slice(query.offset, end) };
}
