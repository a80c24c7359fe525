import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { departments } from "../db/schema";
import { DingTalkError } from "../dingtalk/errors";
import { type Department } from "../dingtalk/schemas";
import { ownCorpId } from "../services";
import { findDepartments, refreshDepartments } from "./departments";

const { dingtalk } = createWorld();

async function saveDepartments(...saved: Department[]): Promise<void> {
  if (saved.length > 0)
    await db.insert(departments).values(saved.map((department) => ({ corpId: ownCorpId(), ...department })));
}

const root = { id: 1, name: "星河科技", parentId: null };
const centre = { id: 10, name: "技术中心", parentId: 1 };
const research = { id: 101, name: "研发部", parentId: 10 };

function memberOf(...ids: number[]) {
  return buildEmployee("user0001", {
    departments: ids.map((id) => ({ id, isLeader: false, isMain: false, title: null })),
  });
}

async function departmentPaths(ids: number[]) {
  return (await findDepartments(ids)).paths;
}

describe("a department's path", () => {
  test("runs from the root down to it", async () => {
    await saveDepartments(root, centre, research);
    const paths = await departmentPaths([101, 10]);
    expect(paths.get(101)).toEqual(["星河科技", "技术中心", "研发部"]);
    expect(paths.get(10)).toEqual(["星河科技", "技术中心"]);
  });

  test("begins at the topmost stored parent, and is empty for an unknown department", async () => {
    await saveDepartments(research);
    const paths = await departmentPaths([101, 999]);
    expect([paths.get(101), paths.get(999)]).toEqual([["研发部"], []]);
  });

  test("needs no call for an empty list", async () => {
    expect(await departmentPaths([])).toEqual(new Map());
    expect(dingtalk.calls).toEqual([]);
  });

  test.each([
    ["itself", [{ id: 1, name: "甲", parentId: 1 }]],
    [
      "each other",
      [
        { id: 1, name: "甲", parentId: 2 },
        { id: 2, name: "乙", parentId: 1 },
      ],
    ],
  ])("is finite when departments are the parents of %s", async (_what, given) => {
    await saveDepartments(...given);
    const path = (await departmentPaths([1])).get(1) ?? [];
    expect(path.at(-1)).toBe("甲");
    expect(path.length).toBeLessThanOrEqual(20);
  });

  test("is finite for any data, and always ends with the department itself", async () => {
    const ids = [1, 2, 3, 4, 5, 6];
    const parents = fc.array(fc.constantFrom(null, ...ids, 99), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(parents, async (given) => {
        await db.execute(sql`truncate departments`);
        await saveDepartments(...ids.map((id, index) => ({ id, name: `D${id}`, parentId: given[index] ?? null })));
        const paths = await departmentPaths(ids);
        for (const id of ids) expect(paths.get(id)?.at(-1)).toBe(`D${id}`);
      }),
      { numRuns: 15 },
    );
  });
});

describe("refreshing an employee's departments", () => {
  function addToDingTalk() {
    for (const department of [root, centre, research]) dingtalk.departments.set(department.id, department);
    dingtalk.parentDepartments.set("user0001", [[101, 10, 1]]);
  }

  test("fetches each one up to the root once", async () => {
    addToDingTalk();
    await refreshDepartments(memberOf(101));
    expect(dingtalk.calls.sort()).toEqual(["getDepartment", "getDepartment", "getDepartment", "listParentDepartments"]);
    expect((await departmentPaths([101])).get(101)).toEqual(["星河科技", "技术中心", "研发部"]);
  });

  test("makes no call again within a day", async () => {
    addToDingTalk();
    await refreshDepartments(memberOf(101));
    dingtalk.calls.length = 0;
    await refreshDepartments(memberOf(101));
    expect(dingtalk.calls).toEqual([]);
  });

  test("fetches one that is a day old again, and saves its new name", async () => {
    addToDingTalk();
    await refreshDepartments(memberOf(101));
    await db.execute(sql`update departments set fetched_at = now() - interval '25 hours' where id = 101`);
    dingtalk.departments.set(101, { ...research, name: "研究院" });
    dingtalk.calls.length = 0;
    await refreshDepartments(memberOf(101));
    expect(dingtalk.calls).toEqual(["listParentDepartments", "getDepartment"]);
    expect((await departmentPaths([101])).get(101)?.at(-1)).toBe("研究院");
  });

  test("makes no call for an employee without departments", async () => {
    await refreshDepartments(memberOf());
    expect(dingtalk.calls).toEqual([]);
  });

  test("S12 saves the visible ones when one is outside the app's visible range, and throws that refusal", async () => {
    addToDingTalk();
    const failure = new DingTalkError({ call: "v2/department/get", kind: "refused", reason: "out_of_scope" });
    vi.spyOn(dingtalk, "getDepartment").mockImplementation(async (id) => {
      const visible = [centre, research].find((department) => department.id === id);
      if (!visible) throw failure;
      return visible;
    });
    await expect(refreshDepartments(memberOf(101))).rejects.toBe(failure);
    expect((await departmentPaths([101])).get(101)).toEqual(["技术中心", "研发部"]);
    vi.mocked(dingtalk.getDepartment).mockRestore();
  });
});
