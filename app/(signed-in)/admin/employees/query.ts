import { z } from "zod";
import { type EmployeeQuery } from "@/lib/employees/list";

const text = z.string().trim().max(200);

/** What the address, or a form, asks of the directory. Whatever cannot be read asks for nothing. */
const query = z.object({
  search: text.catch(""),
  department: z.coerce.number().int().positive().nullable().catch(null),
  role: z.enum(["admin", "leader"]).nullable().catch(null),
  state: z.enum(["active", "inactive"]).nullable().catch(null),
  signedIn: z.enum(["now", "never"]).nullable().catch(null),
  sort: z.enum(["recent", "name"]).catch("recent"),
  after: text.nullable().catch(null),
  before: text.nullable().catch(null),
});

export function readQuery(given: unknown): EmployeeQuery {
  return query.parse(given);
}
