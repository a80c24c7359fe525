import { beforeAll, expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";
import { isObject } from "../http";

type Caller = ReturnType<typeof createCaller>;
let caller: Caller;
let token: string;

beforeAll(async () => {
  caller = createCaller();
  token = await caller.corpToken();
  await caller.ask("POST", "/_sandbox/company", { body: { people: 10_000 } });
});

async function result(path: string, body: object): Promise<unknown> {
  return (await caller.topapi(token, path, body)).json.result;
}

async function childrenOf(id: number): Promise<number[]> {
  const found = await result("v2/department/listsubid", { dept_id: id });
  return isObject(found) && Array.isArray(found.dept_id_list) ? found.dept_id_list.map(Number) : [];
}

async function depthOf(id: number): Promise<number> {
  const depths = [];
  for (const child of await childrenOf(id)) depths.push(1 + (await depthOf(child)));
  return Math.max(0, ...depths);
}

/** Reads a department as a client does: page after page by the cursor. */
async function readDepartment(id: number): Promise<string[]> {
  const userids: string[] = [];
  for (let cursor: unknown = 0; cursor !== undefined; ) {
    const page = await result("v2/user/list", { dept_id: id, cursor, size: 100 });
    if (!isObject(page) || !Array.isArray(page.list)) throw new Error("There is no page.");
    userids.push(...page.list.map((one: unknown) => (isObject(one) ? String(one.userid) : "")));
    cursor = page.next_cursor;
  }
  return userids;
}

async function readBelow(id: number): Promise<string[]> {
  const userids = await readDepartment(id);
  for (const child of await childrenOf(id)) userids.push(...(await readBelow(child)));
  return userids;
}

test("all 10,000 people are found by walking the departments, which are five levels deep", async () => {
  const found = new Set(await readBelow(1));
  expect([...found].filter((userid) => userid.startsWith("staff"))).toHaveLength(10_000);
  expect(await depthOf(1)).toBe(5);
}, 60_000);

test("one person is in 40 departments, with orders that no number can hold", async () => {
  const { json, text } = await caller.topapi(token, "v2/user/get", { userid: "staff000040" });
  expect(json.result).toMatchObject({ dept_id_list: { length: 40 } });
  const orders = [...text.matchAll(/"order":(\d+)/g)].map(([, order]) => order);
  expect(new Set(orders).size).toBe(40);
  expect(new Set(orders.map(Number)).size).toBeLessThan(40);
});

test("a department is read in pages of 100 without a gap or a repetition", async () => {
  const id = caller.store.people.find("staff000040")?.departments[0]?.id ?? 0;
  const userids = await readDepartment(id);
  expect(userids.length).toBeGreaterThan(200);
  expect(new Set(userids).size).toBe(userids.length);
});

test("the names contain rare surnames, double surnames, foreign names, emoji and right-to-left text", () => {
  const names = caller.store.people.all().map(({ name }) => name);
  const shapes = [
    /^[单仇查解区]/u,
    /^(尉迟|欧阳)/u,
    /^[A-Z][a-z]+ [A-Z]/u,
    /\p{Emoji_Presentation}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Hebrew}/u,
  ];
  for (const shape of shapes) expect(names.some((name) => shape.test(name))).toBe(true);
});

test("the same order gives the same company, another seed another one", async () => {
  const nameWith = async (seed: number) => {
    const { ask, store } = createCaller();
    await ask("POST", "/_sandbox/company", { body: { people: 50, seed } });
    return store.people
      .all()
      .map(({ name }) => name)
      .join();
  };
  expect(await nameWith(1)).toBe(await nameWith(1));
  expect(await nameWith(2)).not.toBe(await nameWith(1));
});

test("a change keeps a person's place, so that the pages of others do not shift", async () => {
  const before = caller.store.people.inDepartment(101).map(({ userid }) => userid);
  await caller.ask("PATCH", "/_sandbox/people/user0001", { body: { title: "主任" } });
  expect(caller.store.people.inDepartment(101).map(({ userid }) => userid)).toEqual(before);
});

test("the contact scope can be departments and single people, as auth/scopes says", async () => {
  const { ask, set, corpToken, topapi } = createCaller();
  const ownToken = await corpToken();
  await set({ contactScope: { departments: [20], people: ["user0001"], withoutPeople: [] } });
  const scopes = await ask("GET", `/auth/scopes?access_token=${ownToken}`);
  expect(scopes.json).toMatchObject({
    errcode: 0,
    auth_org_scopes: { authed_user: ["user0001"], authed_dept: [20] },
    auth_user_field: expect.arrayContaining(["name", "mobile", "email"]),
    condition_field: [],
  });
  expect((await topapi(ownToken, "v2/user/get", { userid: "user0001" })).json.errcode).toBe(0);
  expect((await topapi(ownToken, "v2/user/get", { userid: "user0003" })).json.errcode).toBe(50_002);
});
