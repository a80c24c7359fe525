import { type Department } from "../records";
import { type Store } from "../store";
import { type Person } from "./people";

/** A department and its ancestors up to the root: [101, 10, 1]. */
export function pathToRoot(departments: Department[], id: number): number[] {
  const department = departments.find((one) => one.id === id);
  if (!department) return [];
  if (department.parentId === null) return [id];
  return [id, ...pathToRoot(departments, department.parentId)];
}

export function isDepartmentInScope(store: Store, id: number): boolean {
  const scope = store.settings.contactScope.departments;
  return pathToRoot(store.departments, id).some((one) => scope.includes(one));
}

export function isPersonInScope(store: Store, person: Person): boolean {
  if (store.settings.contactScope.withoutPeople.includes(person.userid)) return false;
  return person.departments.some((place) => isDepartmentInScope(store, place.id));
}

/** The members of a department whom the app may read. */
export function membersOf(store: Store, departmentId: number): Person[] {
  return store.people.all().filter((person) => isMemberOf(person, departmentId) && isPersonInScope(store, person));
}

function isMemberOf(person: Person, departmentId: number): boolean {
  return person.membership === "member" && person.departments.some((place) => place.id === departmentId);
}
