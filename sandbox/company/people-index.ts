import { type Person, personSchema } from "./people";

/** All people of the sandbox, indexed by userid, unionid and department so that a large company stays fast. */
export class People {
  readonly #byUserid = new Map<string, Person>();
  readonly #useridByUnionid = new Map<string, string>();
  readonly #useridsByDepartment = new Map<number, Set<string>>();

  constructor(seed: unknown[]) {
    for (const person of seed) this.put(person);
  }

  get count(): number {
    return this.#byUserid.size;
  }

  all(): Person[] {
    return [...this.#byUserid.values()];
  }

  find(userid: string): Person | null {
    return this.#byUserid.get(userid) ?? null;
  }

  findByUnionid(unionid: string): Person | null {
    return this.find(this.#useridByUnionid.get(unionid) ?? "");
  }

  /** The members of the company in a department, without those of its sub-departments. */
  inDepartment(id: number): Person[] {
    return [...(this.#useridsByDepartment.get(id) ?? [])].flatMap((userid) => this.find(userid) ?? []);
  }

  /** Adds or replaces a person, who keeps the place in the list; throws a ZodError that names an invalid field. */
  put(input: unknown): Person {
    return this.putChecked(personSchema.parse(input));
  }

  /** Adds or replaces a person whose fields are valid, such as a generated one. */
  putChecked(person: Person): Person {
    const before = this.find(person.userid);
    if (before) this.#removeFromIndexes(before, person);
    this.#byUserid.set(person.userid, person);
    this.#useridByUnionid.set(person.unionid, person.userid);
    for (const id of departmentsOf(person)) this.#members(id).add(person.userid);
    return person;
  }

  remove(userid: string): boolean {
    const person = this.find(userid);
    if (!person) return false;
    this.#removeFromIndexes(person);
    return this.#byUserid.delete(userid);
  }

  /** Departments that the person stays in keep the person's place. */
  #removeFromIndexes(person: Person, after?: Person): void {
    this.#useridByUnionid.delete(person.unionid);
    const kept = after ? departmentsOf(after) : [];
    for (const id of departmentsOf(person)) if (!kept.includes(id)) this.#members(id).delete(person.userid);
  }

  #members(departmentId: number): Set<string> {
    const known = this.#useridsByDepartment.get(departmentId);
    if (known) return known;
    const created = new Set<string>();
    this.#useridsByDepartment.set(departmentId, created);
    return created;
  }
}

function departmentsOf(person: Person): number[] {
  return person.membership === "member" ? person.departments.map((place) => place.id) : [];
}
