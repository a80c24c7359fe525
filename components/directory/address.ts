import { type EmployeeQuery } from "@/lib/employees/list";

/** The address of the list with some of its query changed. A change leads to the first page. */
export function directoryAddress(
  query: EmployeeQuery,
  changed: Partial<EmployeeQuery> = {},
): `/admin/employees?${string}` {
  const { sort, ...rest } = { ...query, after: null, before: null, ...changed };
  const given = Object.entries({ ...rest, sort: sort === "recent" ? null : sort });
  const parameters = given.flatMap(([name, value]) => (value === null || value === "" ? [] : [[name, String(value)]]));
  return `/admin/employees?${new URLSearchParams(parameters)}`;
}

/** What a form sends besides its own fields, so that it keeps the rest of the query. */
export function hiddenFields(query: EmployeeQuery): [string, string][] {
  return [...new URLSearchParams(directoryAddress(query, { search: "" }).split("?")[1])];
}
