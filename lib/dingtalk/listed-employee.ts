import { z } from "zod";
import { type Employee } from "./employee";
import { employeeV2Schema } from "./employee-v2";
import { flag } from "./fields";
import { type UserId, userIdSchema } from "./identity";

/** A person as a department's list has one. Only the fields in `given` were there: the list leaves out several of the record's. */
export type ListedEmployee = {
  employee: Employee;
  given: ReadonlySet<keyof Employee>;
  /** Whether the person leads the department whose list it is; null when the list does not say it. */
  leadsHere: boolean | null;
};

/** What a list may say of a person: all of it, or so little that the person's own record must be asked for. */
export type ListEntry = { listed: ListedEmployee } | { unclear: UserId };

const fieldNames: Record<keyof Employee, string> = {
  userId: "userid",
  unionId: "unionid",
  name: "name",
  active: "active",
  admin: "admin",
  boss: "boss",
  senior: "senior",
  realAuthed: "real_authed",
  avatarUrl: "avatar",
  title: "title",
  jobNumber: "job_number",
  mobile: "mobile",
  stateCode: "state_code",
  hideMobile: "hide_mobile",
  telephone: "telephone",
  email: "email",
  orgEmail: "org_email",
  workPlace: "work_place",
  remark: "remark",
  loginId: "login_id",
  hiredAtMs: "hired_date",
  managerUserId: "manager_userid",
  departments: "dept_id_list",
  roles: "role_list",
  extension: "extension",
};

const recordSchema = z.record(z.string(), z.unknown());
const idSchema = z.object({ userid: userIdSchema });

/**
 * Reads one entry of v2/user/list. Null when not even the userid is readable. An entry without a readable `active` is unclear:
 * whether a person may sign in is never guessed.
 */
export function readListEntry(value: unknown): ListEntry | null {
  const id = idSchema.safeParse(value);
  if (!id.success) return null;
  const record = recordSchema.parse(value);
  const employee = employeeV2Schema.safeParse(record);
  if (!employee.success) return { unclear: id.data.userid };
  const leader = flag.safeParse(record.leader);
  return {
    listed: { employee: employee.data, given: fieldsIn(record), leadsHere: leader.success ? leader.data : null },
  };
}

function fieldsIn(record: Record<string, unknown>): Set<keyof Employee> {
  const given = new Set<keyof Employee>();
  let field: keyof Employee;
  for (field in fieldNames) if (fieldNames[field] in record) given.add(field);
  return given;
}

/** The record that follows from an entry and from what was known before: what the list leaves out stays as it was. */
export function mergeListed(
  { employee, given, leadsHere }: ListedEmployee,
  before: Employee | null,
  here: number,
): Employee {
  const kept = before?.unionId === employee.unionId ? before : null;
  const merged = { ...employee, ...(kept && keepAbsent(kept, given)) };
  const departments = merged.departments.map((department) => {
    const former = kept?.departments.find(({ id }) => id === department.id);
    const isLeader =
      department.id === here ? (leadsHere ?? department.isLeader) : department.isLeader || (former?.isLeader ?? false);
    return {
      ...department,
      isLeader,
      isMain: department.isMain || (former?.isMain ?? false),
      title: department.title ?? former?.title ?? null,
    };
  });
  return { ...merged, departments };
}

function keepAbsent(before: Employee, given: ReadonlySet<keyof Employee>): Partial<Employee> {
  return Object.fromEntries(Object.entries(before).filter(([field]) => !isIn(given, field)));
}

function isIn(given: ReadonlySet<string>, field: string): boolean {
  return given.has(field);
}
