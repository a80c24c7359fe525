import { type DingTalk } from "../lib/dingtalk/client";
import { type Employee, employeeSchema } from "../lib/dingtalk/employee";
import { DingTalkError } from "../lib/dingtalk/errors";
import { type DirectoryEvent } from "../lib/dingtalk/event";
import { type CorpId, unionIdSchema, userIdSchema } from "../lib/dingtalk/identity";
import { createFakeDirectory } from "./dingtalk-directory";

type Department = Awaited<ReturnType<DingTalk["getDepartment"]>>;

/** Builds an employee from its id; `fields` overrides the defaults. */
export function buildEmployee(userId: string, fields: Partial<Record<keyof Employee, unknown>> = {}): Employee {
  const flags = { active: true, admin: false, boss: false, senior: false, realAuthed: true, hideMobile: false };
  const names = ["avatarUrl", "title", "jobNumber", "mobile", "stateCode", "telephone", "email", "orgEmail"];
  const others = ["workPlace", "remark", "loginId", "hiredAtMs", "managerUserId"];
  const absent = Object.fromEntries([...names, ...others].map((name) => [name, null]));
  const lists = { departments: [], roles: [], extension: {} };
  return employeeSchema.parse({
    ...{ ...absent, ...flags, ...lists, userId, unionId: `union-${userId}`, name: `Name of ${userId}` },
    ...fields,
  });
}

function notMember(call = "v2/user/get"): DingTalkError {
  return new DingTalkError({ call, kind: "refused", reason: "not_member", code: "60121", httpStatus: 200 });
}

/**
 * A fake DingTalk client that records its calls and answers from the data that a test adds. An auth code has the form
 * `<unionId>/anything`, a silent code `<userId>/anything`.
 */
export function createFakeDingTalk() {
  const calls: string[] = [];
  const employees = new Map<string, Employee>();
  const externalContacts = new Map<string, string>();
  const departments = new Map<number, Department>();
  const parentDepartments = new Map<string, number[][]>();
  const failedEvents: DirectoryEvent[] = [];
  const leavers: string[] = [];
  const failures = new Map<string, Error>();
  const circuits: ReturnType<DingTalk["circuits"]> = { api: "closed", oapi: "closed" };
  const directory = createFakeDirectory({ employees, departments, answer });
  const token: { corpId: CorpId | null } = { corpId: null };

  async function answer<T>(call: string, reply: () => T): Promise<T> {
    calls.push(call);
    const failure = failures.get(call);
    if (failure) throw failure;
    return reply();
  }
  function issueToken(code: string) {
    const unionId = code.split("/")[0] ?? "";
    return { accessToken: `token-of-${unionId}`, refreshToken: null, expiresInSeconds: 7200, corpId: token.corpId };
  }
  function contact(userToken: string) {
    const unionId = unionIdSchema.parse(userToken.replace("token-of-", ""));
    return { unionId, openId: null, nick: "nick", avatarUrl: null, mobile: null, email: null, stateCode: null };
  }
  function silentIdentity(code: string) {
    const userId = userIdSchema.parse(code.split("/")[0]);
    return { userId, unionId: employees.get(userId)?.unionId ?? null, name: null, sysLevel: 0 };
  }
  function find(unionId: string) {
    const external = externalContacts.get(unionId);
    if (external) return { userId: userIdSchema.parse(external), contactType: "external" as const };
    const found = [...employees.values()].find((employee) => employee.unionId === unionId);
    if (!found) throw notMember("user/getbyunionid");
    return { userId: found.userId, contactType: "member" as const };
  }
  function get(userId: string) {
    const employee = employees.get(userId);
    if (!employee) throw notMember();
    return employee;
  }
  const client: DingTalk = {
    exchangeAuthCode: (code) => answer("exchangeAuthCode", () => issueToken(code)),
    refreshUserToken: () => answer("refreshUserToken", () => issueToken("")),
    getContact: (userToken) => answer("getContact", () => contact(userToken)),
    resolveSilentCode: (code) => answer("resolveSilentCode", () => silentIdentity(code)),
    findByUnionId: (unionId) => answer("findByUnionId", () => find(unionId)),
    getEmployee: (userId) => answer("getEmployee", () => get(userId)),
    getDepartment: (id) => answer("getDepartment", () => directory.department(id)),
    listParentDepartments: (userId) => answer("listParentDepartments", () => parentDepartments.get(userId) ?? []),
    ...directory.methods,
    sendWorkNotification: () => answer("sendWorkNotification", () => undefined),
    openConnection: () => answer("openConnection", () => ({ endpoint: "ws://localhost/connect", ticket: "ticket" })),
    takeFailedEvents: () => answer("takeFailedEvents", () => ({ events: failedEvents.splice(0), hasMore: false })),
    listLeavers: () =>
      answer("listLeavers", () => ({ userIds: leavers.map((id) => userIdSchema.parse(id)), nextToken: null })),
    corpToken: () => answer("corpToken", () => "corp-token"),
    circuits: () => ({ ...circuits }),
    close: () => {},
  };

  return Object.assign(client, {
    calls,
    employees,
    externalContacts,
    departments,
    parentDepartments,
    /** What the app may see. */
    range: directory.range,
    failedEvents,
    leavers,
    token,
    /** Sets the state of the circuit breakers. */
    setCircuits: (states: Partial<typeof circuits>) => void Object.assign(circuits, states),
    /** Adds employees to the company, or replaces those with the same userId. */
    addEmployees: (...added: Employee[]) => {
      for (const employee of added) employees.set(employee.userId, employee);
    },
    /** Makes every further call of this method fail. */
    fail: (call: keyof DingTalk, failure: Error) => void failures.set(call, failure),
    reset: () => {
      for (const list of [calls, leavers, failedEvents]) list.length = 0;
      token.corpId = null;
      directory.reset();
      Object.assign(circuits, { api: "closed", oapi: "closed" });
      for (const map of [employees, externalContacts, departments, parentDepartments, failures]) map.clear();
    },
  });
}
