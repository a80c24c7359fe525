import { and, asc, count, eq } from "drizzle-orm";
import { cache } from "react";
import { db } from "../db/client";
import { departments, employees } from "../db/schema";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { singleton } from "../singleton";

export type DepartmentNode = {
  id: number;
  name: string;
  parentId: number | null;
  people: number;
  children: DepartmentNode[];
};

export type DepartmentTree = { nodes: Map<number, DepartmentNode>; roots: DepartmentNode[] };

/** Counting reads every employee, so that the tree of a large company is kept for this long. */
const keptMs = 60_000;
const smallCompany = 1000;

const kept = singleton<{ tree: DepartmentTree | null; untilMs: number }>("departmentTree", () => ({
  tree: null,
  untilMs: 0,
}));

/**
 * The departments of the company in DingTalk's order, each with the number of its active people, who are counted once although they may be
 * in several departments below it. At most a minute old.
 */
export async function readTree(_admin: Admin): Promise<DepartmentTree> {
  const own = kept();
  if (own.tree && Date.now() < own.untilMs) return own.tree;
  const { tree, counted } = await buildOnce();
  Object.assign(own, { tree, untilMs: counted > smallCompany ? Date.now() + keptMs : 0 });
  return tree;
}

/** A department and all below it. */
export function withDescendants({ nodes }: DepartmentTree, id: number): number[] {
  const found = new Set<number>();
  const add = (node: DepartmentNode) => {
    if (found.has(node.id)) return;
    found.add(node.id);
    node.children.forEach(add);
  };
  const start = nodes.get(id);
  if (start) add(start);
  return [...found];
}

/** The departments from the root down to one. */
export function pathTo({ nodes }: DepartmentTree, id: number | null): number[] {
  const path: number[] = [];
  for (let next = id; next !== null && !path.includes(next); next = nodes.get(next)?.parentId ?? null)
    if (nodes.has(next)) path.unshift(next);
  return path;
}

/** Once for a page, which needs the tree in several places. */
const buildOnce = cache(buildTree);

/** `counted`: how many people, those without a department too. */
async function buildTree(): Promise<{ tree: DepartmentTree; counted: number }> {
  const corpId = ownCorpId();
  const [rows, groups] = await Promise.all([
    db
      .select()
      .from(departments)
      .where(eq(departments.corpId, corpId))
      .orderBy(asc(departments.position), asc(departments.id)),
    // Most people share their departments with others, so that the groups are few.
    db
      .select({ ids: employees.departmentIds, people: count() })
      .from(employees)
      .where(and(eq(employees.corpId, corpId), employees.active))
      .groupBy(employees.departmentIds),
  ]);
  const nodes = new Map(
    rows.map(({ id, name, parentId }): [number, DepartmentNode] => [
      id,
      { id, name, parentId, people: 0, children: [] },
    ]),
  );
  for (const node of nodes.values()) parentOf(nodes, node)?.children.push(node);
  const tree = { nodes, roots: [...nodes.values()].filter((node) => !parentOf(nodes, node)) };
  for (const { ids, people } of groups) {
    const containing = new Set(ids.flatMap((id) => pathTo(tree, id)));
    for (const id of containing) addPeople(nodes.get(id), people);
  }
  return { tree, counted: groups.reduce((sum, { people }) => sum + people, 0) };
}

function parentOf(nodes: Map<number, DepartmentNode>, { id, parentId }: DepartmentNode): DepartmentNode | undefined {
  return parentId === null || parentId === id ? undefined : nodes.get(parentId);
}

function addPeople(node: DepartmentNode | undefined, people: number): void {
  if (node) node.people += people;
}
