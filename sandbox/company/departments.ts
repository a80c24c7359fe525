import { z } from "zod";
import { type Department } from "../records";

export const departmentSchema = z.strictObject({
  id: z.number().int().positive(),
  name: z.string().min(1),
  parentId: z.number().int().nullable().default(1),
  order: z.number().int().default(0),
  managers: z.array(z.string()).default([]),
});

export type DepartmentInput = z.input<typeof departmentSchema>;

export const rootDepartmentId = 1;

/** The departments of the company, indexed by id and by parent so that a large company stays fast. */
export class Departments {
  readonly #byId = new Map<number, Department>();
  readonly #childrenOf = new Map<number, Set<number>>();

  constructor(seed: Department[]) {
    for (const department of seed) this.put(department);
  }

  all(): Department[] {
    return [...this.#byId.values()];
  }

  find(id: number): Department | null {
    return this.#byId.get(id) ?? null;
  }

  /** Adds or replaces a department. */
  put(department: Department): Department {
    this.#detach(department.id);
    this.#byId.set(department.id, department);
    if (department.parentId !== null) this.#siblings(department.parentId).add(department.id);
    return department;
  }

  remove(id: number): boolean {
    this.#detach(id);
    return this.#byId.delete(id);
  }

  /** The departments one level below. */
  childrenOf(id: number): Department[] {
    return [...this.#siblings(id)].flatMap((child) => this.find(child) ?? []);
  }

  /** A department and its ancestors up to the root: [101, 10, 1]. Empty when there is no such department. */
  pathToRoot(id: number): number[] {
    const path: number[] = [];
    for (let at = this.find(id); at && !path.includes(at.id); at = this.find(at.parentId ?? 0)) path.push(at.id);
    return path;
  }

  #siblings(parentId: number): Set<number> {
    const known = this.#childrenOf.get(parentId);
    if (known) return known;
    const created = new Set<number>();
    this.#childrenOf.set(parentId, created);
    return created;
  }

  #detach(id: number): void {
    const parentId = this.find(id)?.parentId ?? null;
    if (parentId !== null) this.#childrenOf.get(parentId)?.delete(id);
  }
}
