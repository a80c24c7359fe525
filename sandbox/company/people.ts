import { type Person, type PersonInput, personSchema } from "./person";

/** Everyone the sandbox knows, found by userid or unionid without a walk, so that a large company stays quick. */
export class People {
  readonly #byUserid = new Map<string, Person>();
  readonly #useridByUnionid = new Map<string, string>();

  constructor(seed: PersonInput[]) {
    for (const person of seed) this.put(person);
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

  /** Adds or replaces; a ZodError names what does not fit. */
  put(input: unknown): Person {
    const person = personSchema.parse(input);
    this.remove(person.userid);
    this.#byUserid.set(person.userid, person);
    this.#useridByUnionid.set(person.unionid, person.userid);
    return person;
  }

  remove(userid: string): boolean {
    const person = this.find(userid);
    if (!person) return false;
    this.#useridByUnionid.delete(person.unionid);
    return this.#byUserid.delete(userid);
  }
}
