import { test } from "./clock";
import { expect, hanmeimei, lilei } from "./fixtures";
import { begin, comeBack, enter, isIn } from "./sign-in-methods";

const minute = 60;
const hour = 60 * minute;

test("S24 a session left unused for longer than the idle limit is over", async ({ context, dingtalk, wait }) => {
  await enter(context, dingtalk, lilei);
  wait(71 * hour);
  expect(await isIn(context)).toBe(true);
  wait(71 * hour);
  expect(await isIn(context)).toBe(true);
  wait(73 * hour);
  expect(await isIn(context)).toBe(false);
});

test("S24 a session ends at its absolute limit, however much it is used", async ({ context, dingtalk, wait }) => {
  await enter(context, dingtalk, lilei);
  for (let days = 2; days < 14; days += 2) {
    wait(48 * hour);
    expect(await isIn(context)).toBe(true);
  }
  wait(49 * hour);
  expect(await isIn(context)).toBe(false);
});

test("S1 a sign-in that was begun too long ago is refused", async ({ context, dingtalk, wait }) => {
  const state = await begin(context, "redirect");
  wait(16 * minute);
  const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
  const answer = await comeBack(context, { code, state });
  expect(answer.searchParams.get("error")).toBe("state_mismatch");
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toEqual([]);
});

test("S35 an old record is asked for anew, and shown with its age while DingTalk is down", async ({
  page,
  context,
  openBrowser,
  dingtalk,
  hire,
  wait,
}) => {
  const person = await hire({ title: "旧职务" });
  await enter(await openBrowser(), dingtalk, person);
  await enter(context, dingtalk, hanmeimei);
  wait(3 * hour);
  for (const path of ["/topapi/*", "/v1.0/*"]) await dingtalk.fault({ path, times: 1000, fault: { kind: "reset" } });
  await page.goto(`/admin/employees/${person.userid}`);
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByText("钉钉暂时没有回应，下面是3 小时前的资料。")).toBeVisible();
  await dingtalk.clearFaults();
  await dingtalk.patchPerson(person.userid, { title: "新职务" });
  await page.reload();
  await expect(page.getByText("新职务")).toBeVisible();
  await expect(page.getByText("钉钉暂时没有回应")).toHaveCount(0);
});

test("S35 a page waits only briefly for a DingTalk that hangs", async ({ page, context, dingtalk, hire, wait }) => {
  await enter(context, dingtalk, await hire());
  wait(hour);
  await dingtalk.fault({ path: "/topapi/*", times: 1000, fault: { kind: "hang" } });
  await page.goto("/profile");
  await expect(page.getByText(/下面是1 小时前的资料/)).toBeVisible();
});

test("S26 a page of somebody who left ends their session when it asks DingTalk anew", async ({
  context,
  dingtalk,
  hire,
  wait,
}) => {
  const person = await hire();
  await enter(context, dingtalk, person);
  await dingtalk.patchPerson(person.userid, { active: false });
  wait(11 * minute);
  await isIn(context);
  expect(await isIn(context)).toBe(false);
});

test("S26 any page shows somebody who left that they are out, though DingTalk never told", async ({
  context,
  dingtalk,
  hire,
  wait,
}) => {
  const person = await hire();
  await enter(context, dingtalk, person);
  const visit = async () => (await context.request.get("/sessions", { maxRedirects: 0 })).status();
  await dingtalk.patchPerson(person.userid, { active: false });
  wait(9 * minute);
  for (let times = 0; times < 3; times += 1) expect(await visit()).toBe(200);
  wait(2 * minute);
  await expect.poll(visit).toBe(307);
});
