import { type SQL } from "drizzle-orm";
import { type Place, readPage } from "../db/page";
import { employees } from "../db/schema";
import { countList } from "../db/total";
import { recordSearch, wordsOf } from "../search/words";
import { type Admin } from "../sessions/permission";
import { type EmployeeFilters, matchesFilters } from "./filters";
import { inOrder, type Sort } from "./order";
import { describe, type EmployeeRow } from "./row";
import { readTree } from "./tree";

export type EmployeeQuery = Omit<EmployeeFilters, "words"> & Place & { search: string; sort: Sort };

export type EmployeePage = {
  employees: EmployeeRow[];
  previous: string | null;
  next: string | null;
  isFirst: boolean;
  total: number;
};

/** So many are sorted at once; of more, the order of the list soon finds a page. */
const maxSorted = 2000;

/**
 * One page of the stored employees whom a query finds: after the `next` of another page, or before its `previous`. Each page of a search is
 * recorded: a page key can be made up, so the first one alone would not show what was read. (S37)
 */
export async function listEmployees(
  admin: Admin,
  { search, sort, after, before, ...filters }: EmployeeQuery,
): Promise<EmployeePage> {
  const words = wordsOf(search);
  // Both at once; the page needs both.
  const [page] = await Promise.all([
    findPage(admin, { words, sort, after, before, filters }),
    words.length > 0 && recordSearch(admin, "directory_searched", words),
  ]);
  return page;
}

type Asked = Place & { sort: Sort; words: string[]; filters: Omit<EmployeeFilters, "words"> };

async function findPage(admin: Admin, { words, sort, filters, ...place }: Asked): Promise<EmployeePage> {
  const matching = await matchesQuery(admin, { ...filters, words });
  const name = JSON.stringify(["employees", admin.corpId, words, filters]);
  const count = () => countList({ name, table: employees, where: matching });
  const found = words.length > 0 ? await count() : null;
  const isFew = found !== null && found <= maxSorted;
  const { rows, ...page } = await readPage(inOrder({ corpId: admin.corpId, matching, isFew }, sort), place);
  const isWhole = page.isFirst && page.next === null;
  const [tree, total] = await Promise.all([readTree(admin), isWhole ? rows.length : (found ?? count())]);
  return { ...page, employees: describe(rows, tree), total };
}

/** The condition of a query; the departments below the one that is asked for come from the tree. */
export async function matchesQuery(admin: Admin, filters: EmployeeFilters): Promise<SQL | undefined> {
  const tree = filters.department === null ? { nodes: new Map(), roots: [] } : await readTree(admin);
  return matchesFilters(admin.corpId, filters, tree);
}
