import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

function createConsoleCaller() {
  const caller = createCaller();
  const post = (path: string, fields: Record<string, string>) =>
    caller.app.request(`/_sandbox/console${path}`, { method: "POST", body: new URLSearchParams(fields) });
  const act = (userid: string, action: string, rest = {}) => post(`/people/${userid}`, { action, ...rest });
  const page = async (path: string) => (await caller.ask("GET", `/_sandbox/console${path}`)).text;
  return { ...caller, post, act, page };
}

test("a person leaves and comes back as no admin, and both send an event", async () => {
  const { act, page, store } = createConsoleCaller();
  const answer = await act("user0002", "leave");
  expect([answer.status, answer.headers.get("location")]).toEqual([
    303,
    "/_sandbox/console/people/user0002?done=leave",
  ]);
  expect(store.people.find("user0002")?.membership).toBe("left");
  expect(store.leaveRecords.at(-1)).toMatchObject({ userid: "user0002", reason: "delete" });
  expect(await page("/people/user0002?done=leave")).toContain("重新入职");
  await act("user0002", "join");
  expect(store.people.find("user0002")).toMatchObject({ membership: "member", admin: false, active: true });
  expect(store.events.map(({ type }) => type)).toEqual(["user_leave_org", "user_add_org"]);
});

test("a person becomes and ceases to be an admin, moves, and is disabled", async () => {
  const { act, store } = createConsoleCaller();
  const change = async (action: string, rest = {}) => {
    await act("user0001", action, rest);
    return store.people.find("user0001");
  };
  expect(await change("appoint")).toMatchObject({ admin: true });
  expect(await change("dismiss")).toMatchObject({ admin: false });
  expect(await change("move", { department: "201" })).toMatchObject({ departments: [{ id: 201 }] });
  expect(await change("disable")).toMatchObject({ active: false });
  expect(await change("enable")).toMatchObject({ active: true });
  expect(store.events.map(({ type }) => type)).toEqual([
    "org_admin_add",
    "org_admin_remove",
    "user_modify_org",
    "user_modify_org",
    "user_active_org",
  ]);
});

test("an unknown action, department or person changes nothing", async () => {
  const { act, page, store } = createConsoleCaller();
  await act("user0001", "promote");
  await act("user0001", "move", { department: "999" });
  await act("user0005", "appoint");
  expect(store.events).toEqual([]);
  expect(store.people.find("user0005")?.admin).toBe(false);
  expect(await page("/people/unknown")).toContain("没有这个人");
});

test("the pages are in English for everyone whose language is not Chinese", async () => {
  const { page } = createConsoleCaller();
  expect(await page("?lang=en_US")).toContain("Sandbox admin console");
  expect(await page("/people/user0004?lang=en_US")).toContain("Bring back");
});

test("the list is searched and paged, and shows what was pushed", async () => {
  const { act, ask, page } = createConsoleCaller();
  expect(await page("?q=李雷")).toMatch(/李雷[\s\S]*第 1 页，共 1 人/);
  expect(await page("?q=')--")).toContain("没有找到人");
  await ask("POST", "/_sandbox/people", { body: { count: 30 } });
  expect(await page("?q=emp&page=2")).toContain("第 2 页，共 30 人");
  await act("user0001", "leave");
  expect(await page("")).toMatch(/user_leave_org[\s\S]*没有接收方/);
});

test("names cannot break out of the pages", async () => {
  const { ask, page } = createConsoleCaller();
  const name = `<script>alert("x")</script>`;
  await ask("PATCH", "/_sandbox/people/user0001", { body: { name } });
  for (const path of ["?q=user0001", "/people/user0001"]) {
    expect(await page(path)).not.toContain(name);
    expect(await page(path)).toContain("&lt;script&gt;");
  }
});

test("the company grows on request", async () => {
  const { post, store } = createConsoleCaller();
  await post("/company", { people: "100" });
  expect(store.people.find("staff000100")).not.toBeNull();
  const { count } = store.people;
  await post("/company", { people: "many" });
  expect(store.people.count).toBe(count);
});

test("a page of another site cannot change a person", async () => {
  const { app, store } = createConsoleCaller();
  const init = {
    method: "POST",
    headers: { origin: "https://evil.test" },
    body: new URLSearchParams({ action: "leave" }),
  };
  expect((await app.request("/_sandbox/console/people/user0001", init)).status).toBe(403);
  expect(store.people.find("user0001")?.membership).toBe("member");
});
