import { now } from "../clock";
import { changesOfPerson } from "../events/changes";
import { emitChanges } from "../events/emit";
import { type Department, type LeaveReason } from "../records";
import { type Store } from "../store";
import { departmentSchema, rootDepartmentId } from "./departments";
import { type Person } from "./people";

/** What forbids a change of the departments. */
export class CompanyError extends Error {}

/** Adds or replaces a person, as a change in the admin console: with its events, and a leave record for a leaver. */
export function putPerson(store: Store, input: unknown, reason: LeaveReason = "delete"): Person {
  const before = store.people.find(useridOf(input));
  const after = store.people.put(input);
  recordChange(store, { before, after, reason });
  return after;
}

/** Removes a person completely. */
export function removePerson(store: Store, person: Person): void {
  store.people.remove(person.userid);
  recordChange(store, { before: person, after: null, reason: "delete" });
}

function useridOf(input: unknown): string {
  return typeof input === "object" && input !== null && "userid" in input ? String(input.userid) : "";
}

function recordChange(
  store: Store,
  { before, after, reason }: { before: Person | null; after: Person | null; reason: LeaveReason },
): void {
  if (before?.membership === "member" && after?.membership !== "member") addLeaveRecord(store, before, reason);
  emitChanges(store, changesOfPerson(before, after));
}

function addLeaveRecord(store: Store, { userid, name, stateCode, mobile }: Person, reason: LeaveReason): void {
  store.leaveRecords.push({ userid, name, stateCode, mobile, leftAt: now(store), reason });
}

/** Adds or replaces a department. The name of the root is that of the company, whose change is an event of its own. */
export function putDepartment(store: Store, input: unknown): Department {
  const department = departmentSchema.parse(input);
  const before = store.departments.find(department.id);
  requireParent(store, department);
  store.departments.put(department);
  if (department.id === rootDepartmentId) emitChanges(store, [{ type: "org_change" }]);
  else emitChanges(store, [{ type: before ? "org_dept_modify" : "org_dept_create", deptIds: [department.id] }]);
  return department;
}

function requireParent(store: Store, { id, parentId }: Department): void {
  if (id === rootDepartmentId && parentId === null) return;
  const path = parentId === null ? [] : store.departments.pathToRoot(parentId);
  if (path.length === 0) throw new CompanyError(`There is no department ${parentId}.`);
  if (path.includes(id)) throw new CompanyError(`Department ${parentId} is below department ${id}.`);
}

/** Removes a department that has no members and no sub-departments. */
export function removeDepartment(store: Store, { id }: Department): void {
  const isUsed = store.departments.childrenOf(id).length > 0 || store.people.inDepartment(id).length > 0;
  if (isUsed || id === rootDepartmentId) throw new CompanyError(`Department ${id} is not empty.`);
  store.departments.remove(id);
  emitChanges(store, [{ type: "org_dept_remove", deptIds: [id] }]);
}
