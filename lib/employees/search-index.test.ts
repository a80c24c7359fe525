import { expect, test } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { employees } from "../db/schema";
import { ownCorpId } from "../services";
import { renewSearchTerms } from "./search-index";

onBothEngines((settings) => {
  createWorld(settings);

  test("search terms of a former release are renewed from the details, and nothing else", async () => {
    const left = buildEmployee("user0001", {
      name: "单雄信",
      departments: [{ id: 7, isLeader: true, isMain: true, title: null }],
    });
    const others = Array.from({ length: 450 }, (_, index) => buildEmployee(`other${index}`));
    for (const details of [left, ...others])
      await db
        .insert(employees)
        .values({ corpId: ownCorpId(), ...details, active: false, searchText: "former", details });
    expect(await renewSearchTerms()).toBe(451);
    const rows = await db.select().from(employees);
    expect(rows.filter(({ searchText }) => searchText === "former")).toEqual([]);
    expect(rows.find(({ userId }) => userId === "user0001")).toMatchObject({
      ...{ active: false, isLeader: true, departmentIds: [7], nameKey: expect.stringMatching(/^shan xiong xin/) },
      searchText: expect.stringContaining("shanxiongxin"),
    });
    expect(await renewSearchTerms()).toBe(0);
  });
});
