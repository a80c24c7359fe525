import { writeFileSync } from "node:fs";
import { test as base, expect, hanmeimei, lilei } from "./fixtures";
import { begin, comeBack, enter, isIn } from "./ways-in";
import { startWorld } from "./world";

type Time = { minutes?: number; hours?: number };

const preload = new URL("./shift-clock.mjs", import.meta.url).href;

/** An app of its own, whose clock and database's clock are ahead by as much as the test says. */
const test = base.extend<{ clockFile: string; wait: (time: Time) => void }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  clockFile: async ({}, use, info) => {
    const file = info.outputPath("clock");
    writeFileSync(file, "0");
    await use(file);
  },
  world: async ({ clockFile }, use) => {
    const world = await startWorld({ CLOCK_FILE: clockFile, NODE_OPTIONS: `--import ${preload}` });
    await use(world);
    await world.stop();
  },
  wait: async ({ clockFile }, use) => {
    let aheadMs = 0;
    await use(({ minutes = 0, hours = 0 }) => {
      aheadMs += (hours * 60 + minutes) * 60_000;
      writeFileSync(clockFile, String(aheadMs));
    });
  },
});

// The app starts within each test's time.
test.describe.configure({ timeout: 120_000 });

test("S24 a session left unused for longer than the idle limit is over", async ({ context, dingtalk, wait }) => {
  await enter(context, dingtalk, lilei);
  wait({ hours: 71 });
  expect(await isIn(context)).toBe(true);
  wait({ hours: 71 });
  expect(await isIn(context)).toBe(true);
  wait({ hours: 73 });
  expect(await isIn(context)).toBe(false);
});

test("S24 a session ends at its absolute limit, however much it is used", async ({ context, dingtalk, wait }) => {
  await enter(context, dingtalk, lilei);
  for (let days = 2; days < 14; days += 2) {
    wait({ hours: 48 });
    expect(await isIn(context)).toBe(true);
  }
  wait({ hours: 49 });
  expect(await isIn(context)).toBe(false);
});

test("S1 a sign-in that was begun too long ago is refused", async ({ context, dingtalk, wait }) => {
  const state = await begin(context, "redirect");
  wait({ minutes: 16 });
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
  wait({ hours: 3 });
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

test("S35 a page waits only briefly for a DingTalk that hangs", async ({ page, context, dingtalk, wait }) => {
  await enter(context, dingtalk, lilei);
  wait({ hours: 1 });
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
  wait({ minutes: 11 });
  await isIn(context);
  expect(await isIn(context)).toBe(false);
});
