import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

test("roles are listed in their groups, in pages", async () => {
  const { corpToken, topapi } = createCaller();
  const token = await corpToken();
  const all = await topapi(token, "role/list", { offset: 0, size: 20 });
  expect(all.json.result).toEqual({
    hasMore: false,
    list: [
      { groupId: 148, name: "职务", roles: [{ id: 149, name: "总监" }] },
      {
        groupId: 1_507_113_576,
        name: "默认",
        roles: [
          { id: 1_507_113_577, name: "主管理员" },
          { id: 1_507_113_578, name: "普通员工" },
        ],
      },
    ],
  });
  expect((await topapi(token, "role/list", { offset: 0, size: 1 })).json.result).toMatchObject({ hasMore: true });
  expect((await topapi(token, "role/list", { size: 201 })).json.errcode).toBe(40_069);
  expect((await topapi(token, "role/list", { offset: -1 })).json.errcode).toBe(40_068);
});
