import { type DingTalk } from "../lib/dingtalk/client";
import { type MemberPage } from "../lib/dingtalk/directory-calls";
import { type Employee } from "../lib/dingtalk/employee";
import { userIdSchema } from "../lib/dingtalk/identity";

/** People of one page of a list, few enough that small companies have several. */
const pageSize = 3;
/** The fields that a list has; the others are only in the employee's own record. */
const given = new Set<keyof Employee>(["userId", "unionId", "name", "active", "admin", "title", "departments"]);

type Department = Awaited<ReturnType<DingTalk["getDepartment"]>>;
type Company = {
  employees: Map<string, Employee>;
  departments: Map<number, Department>;
  answer: <T>(call: string, reply: () => T) => Promise<T>;
};
type Range = { departmentIds: number[]; userIds: string[] };
type Methods = Pick<DingTalk, "getVisibleRange" | "listSubDepartments" | "listMembers" | "countEmployees">;

/** The calls of a fake DingTalk client that read the whole directory. */
export function createFakeDirectory({ employees, departments, answer }: Company) {
  const range: Range = { departmentIds: [1], userIds: [] };
  const methods: Methods = {
    getVisibleRange: () =>
      answer("getVisibleRange", () => ({ ...range, userIds: range.userIds.map((id) => userIdSchema.parse(id)) })),
    listSubDepartments: (id) =>
      answer("listSubDepartments", () => [...departments.values()].filter(({ parentId }) => parentId === id)),
    listMembers: (id, cursor) => answer("listMembers", () => pageOf([...employees.values()], { id, cursor })),
    countEmployees: () => answer("countEmployees", () => employees.size),
  };
  /** One that no test has added exists too. */
  const department = (id: number) => departments.get(id) ?? { id, name: `Department ${id}`, parentId: null };
  return { range, methods, department, reset: () => void Object.assign(range, { departmentIds: [1], userIds: [] }) };
}

function pageOf(company: Employee[], { id, cursor }: { id: number; cursor: number }): MemberPage {
  const placeOf = (employee: Employee) => employee.departments.find((department) => department.id === id);
  const members = company.filter(placeOf);
  const end = cursor + pageSize;
  const entries = members
    .slice(cursor, end)
    .map((employee) => ({ listed: { employee, given, leadsHere: placeOf(employee)?.isLeader ?? null } }));
  return { entries, unreadable: 0, nextCursor: end < members.length ? end : null };
}
