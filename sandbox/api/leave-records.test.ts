import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

const dayMs = 86_400_000;
const time = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}/, "");

async function prepare() {
  const caller = createCaller();
  const token = await caller.corpToken();
  const list = (query: Record<string, string>) =>
    caller.ask("GET", `/v1.0/contact/empLeaveRecords?${new URLSearchParams(query)}`, {
      headers: { "x-acs-dingtalk-access-token": token },
    });
  const recent = { startTime: time(Date.now() - dayMs), nextToken: "0", maxResults: "50" };
  return { ...caller, list, recent };
}

test("who leaves is listed with the documented fields", async () => {
  const { ask, list, recent } = await prepare();
  await ask("PATCH", "/_sandbox/people/user0001", { body: { membership: "left" } });
  await ask("DELETE", "/_sandbox/people/user0006");
  expect((await list(recent)).json).toEqual({
    nextToken: "0",
    records: [
      {
        userId: "user0001",
        name: "李雷",
        stateCode: "86",
        mobile: "13800000001",
        leaveTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        leaveReason: "delete",
      },
      expect.objectContaining({ userId: "user0006", name: "孙悦" }),
    ],
  });
});

test("a window shows who left within it, and a returner stays in it", async () => {
  const { ask, list, recent } = await prepare();
  await ask("PATCH", "/_sandbox/people/user0001", { body: { membership: "left" } });
  await ask("PATCH", "/_sandbox/people/user0001", { body: { membership: "member" } });
  await ask("PATCH", "/_sandbox/people/user0001", { body: { membership: "left" } });
  expect((await list(recent)).json.records).toHaveLength(2);
  const old = { ...recent, startTime: time(Date.now() - 100 * dayMs), endTime: time(Date.now() - dayMs) };
  expect((await list(old)).json.records).toMatchObject([{ userId: "user0004", leaveReason: "leave" }]);
});

test("pages follow each other by nextToken, and the last one says 0", async () => {
  const { ask, list, recent } = await prepare();
  for (const userid of ["user0001", "user0006", "user0007"])
    await ask("PATCH", `/_sandbox/people/${userid}`, { body: { membership: "left" } });
  const first = await list({ ...recent, maxResults: "2" });
  expect(first.json).toMatchObject({ nextToken: "0000000000000002", records: { length: 2 } });
  const second = await list({ ...recent, maxResults: "2", nextToken: String(first.json.nextToken) });
  expect(second.json).toMatchObject({ nextToken: "0", records: [{ userId: "user0007" }] });
});

test("wrong parameters and a window above 365 days are refused by name", async () => {
  const { list, recent } = await prepare();
  const { startTime: _start, ...withoutStart } = recent;
  const refused = async (query: Record<string, string>) => {
    const { status, json } = await list(query);
    expect([status, json.code]).toEqual([400, "invalidParameter.param.invalid"]);
    return json.message;
  };
  expect(await refused(withoutStart)).toBe("入参错误：startTime");
  expect(await refused({ ...recent, startTime: "2026-11-24 00:00:00" })).toBe("入参错误：startTime");
  expect(await refused({ ...recent, startTime: time(Date.now() - 366 * dayMs) })).toBe("入参错误：startTime");
  expect(await refused({ ...recent, maxResults: "51" })).toBe("入参错误：maxResults");
  expect(await refused({ ...recent, nextToken: "not a token" })).toBe("入参错误：nextToken");
});

test("the records need their permission, and the mobile that of the mobiles", async () => {
  const { ask, set, list, recent } = await prepare();
  await ask("PATCH", "/_sandbox/people/user0001", { body: { membership: "left" } });
  await set({ permissions: ["Contact.Common.Read"] });
  expect((await list(recent)).json.records).toMatchObject([{ userId: "user0001" }]);
  expect((await list(recent)).text).not.toContain("mobile");
  await set({ permissions: ["qyapi_base"] });
  const denied = await list(recent);
  expect(denied.status).toBe(403);
  expect(denied.json.accessdenieddetail).toEqual({ requiredScopes: ["Contact.Common.Read"] });
});
