import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

test("a department names its parent, the root has none", async () => {
  const { corpToken, topapi } = createCaller();
  const token = await corpToken();
  const department = await topapi(token, "v2/department/get", { dept_id: 101 });
  expect(department.json.result).toMatchObject({ dept_id: 101, name: "平台研发部", parent_id: 10 });
  const root = await topapi(token, "v2/department/get", { dept_id: 1 });
  expect(root.json.result).not.toHaveProperty("parent_id");
  expect((await topapi(token, "v2/department/get", { dept_id: 999 })).json.errcode).toBe(60_003);
});

test("the paths of a person in two departments lead to the root", async () => {
  const { corpToken, topapi } = createCaller();
  const answer = await topapi(await corpToken(), "v2/department/listparentbyuser", { userid: "user0001" });
  expect(answer.json.result).toEqual({
    parent_list: [{ parent_dept_id_list: [101, 10, 1] }, { parent_dept_id_list: [102, 1] }],
  });
});

test("departments and people outside the contact scope are refused", async () => {
  const { corpToken, topapi, set } = createCaller();
  await set({ contactScope: { departments: [20], withoutPeople: [] } });
  const token = await corpToken();
  expect((await topapi(token, "v2/department/get", { dept_id: 101 })).json.errcode).toBe(50_004);
  expect((await topapi(token, "v2/user/get", { userid: "user0001" })).json.errcode).toBe(50_002);
  expect((await topapi(token, "v2/department/listsubid", { dept_id: 20 })).json.result).toEqual({
    dept_id_list: [201, 202],
  });
});

test("the path of a department begins with itself, also outside the contact scope", async () => {
  const { corpToken, topapi, set } = createCaller();
  await set({ contactScope: { departments: [20], withoutPeople: [] } });
  const token = await corpToken();
  const path = await topapi(token, "v2/department/listparentbydept", { dept_id: 101 });
  expect(path.json.result).toEqual({ parent_id_list: [101, 10, 1] });
  expect((await topapi(token, "v2/department/listparentbydept", { dept_id: 999 })).json.errcode).toBe(60_003);
});

test("a call without parameters is 40035, a wrong parameter is 400002", async () => {
  const { corpToken, topapi } = createCaller();
  const token = await corpToken();
  expect((await topapi(token, "v2/department/get", {})).json.errcode).toBe(40_035);
  expect((await topapi(token, "v2/department/get", { dept_id: "x" })).json.errcode).toBe(400_002);
  expect((await topapi(token, "user/getbyunionid", { unionid: 7 })).json.errcode).toBe(40_035);
});
