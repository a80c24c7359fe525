import { type Store } from "../store";
import { type Person } from "./people";

export function isDepartmentInScope(store: Store, id: number): boolean {
  const scope = store.settings.contactScope.departments;
  return store.departments.pathToRoot(id).some((one) => scope.includes(one));
}

export function isPersonInScope(store: Store, person: Person): boolean {
  const { people, withoutPeople } = store.settings.contactScope;
  if (withoutPeople.includes(person.userid)) return false;
  if (people.includes(person.userid)) return true;
  return person.departments.some((place) => isDepartmentInScope(store, place.id));
}

/** The members of a department whom the app may read. */
export function membersOf(store: Store, departmentId: number): Person[] {
  return store.people.inDepartment(departmentId).filter((person) => isPersonInScope(store, person));
}
