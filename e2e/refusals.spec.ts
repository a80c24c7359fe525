import { type Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { enter, expectProfileOf, expectSignInPage, isSignedIn, postSilentCode, signInByRedirect } from "./sign-in";
import { type World } from "./world";

/** Every refusal shows what happened and what to do. The log has its cause under the shown reference. (S38) */
async function expectRefusal(
  page: Page,
  world: World,
  { heading, cause }: { heading: string; cause: string },
): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expectSignInPage(page);
  const reference = await page.locator("code").innerText();
  expect(reference).toMatch(/^[\w-]{4,}$/);
  const line = world
    .log()
    .split("\n")
    .find((text) => text.includes(reference));
  expect(line).toContain(`"refusal":"${cause}"`);
  expect(await isSignedIn(page.context())).toBe(false);
}

const refused = [
  {
    who: "an employee of another company",
    userid: "out0001",
    name: "吴涛",
    heading: "你不在这家公司里",
    cause: "outsider",
  },
  { who: "a disabled employee", userid: "user0003", name: "王强", heading: "你的账号已停用", cause: "leaver" },
  {
    who: "an employee who left before their first sign-in",
    userid: "user0004",
    name: "赵敏",
    heading: "你不在这家公司里",
    cause: "outsider",
  },
  {
    who: "an external contact",
    userid: "user0005",
    name: "周立",
    heading: "外部联系人不能登录",
    cause: "external_contact",
  },
  {
    who: "an employee outside the visible range",
    userid: "user0016",
    name: "马宁",
    heading: "这个应用还没有对你开放",
    cause: "out_of_scope",
  },
];

for (const { who, heading, cause, ...person } of refused) {
  test(`S10 ${who} is refused with a page that shows the cause`, async ({ page, world }) => {
    await signInByRedirect(page, person);
    await expectRefusal(page, world, { heading, cause });
  });
}

const silentlyRefused = [
  { who: "a disabled employee", userid: "user0003", name: "王强", heading: "你的账号已停用", cause: "leaver" },
  {
    who: "an employee outside the visible range",
    userid: "user0016",
    name: "马宁",
    heading: "这个应用还没有对你开放",
    cause: "out_of_scope",
  },
];

for (const { who, heading, cause, ...person } of silentlyRefused) {
  test(`S12 ${who} is refused inside DingTalk too, and the page does not try again by itself`, async ({
    openDingTalk,
    world,
    consoleErrors,
  }) => {
    consoleErrors.allow(/401/, "the browser reports the status of the refusal");
    const { page, codeRequests } = await openDingTalk({ person });
    await page.goto("/");
    await expectRefusal(page, world, { heading, cause });
    await page.reload();
    await expectRefusal(page, world, { heading, cause });
    expect(codeRequests).toHaveLength(1);
    await page.getByRole("button", { name: "再试一次" }).click();
    await expect.poll(() => codeRequests.length).toBe(2);
    await expectRefusal(page, world, { heading, cause });
  });
}

test("an external contact, for whom DingTalk issues no code, sees that and is not signed in", async ({
  openDingTalk,
}) => {
  const { page } = await openDingTalk({ person: { userid: "user0005", name: "周立" } });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "钉钉没能在这里确认你的身份" })).toBeVisible();
  await expectSignInPage(page);
});

test("S26 a leaver sees the cause, and all their sessions are revoked", async ({
  page,
  openBrowser,
  dingtalk,
  hire,
  world,
}) => {
  const person = await hire();
  const otherBrowser = await openBrowser();
  await enter(otherBrowser, dingtalk, person);
  expect(await isSignedIn(otherBrowser)).toBe(true);
  await dingtalk.patchPerson(person.userid, { membership: "left" });
  await signInByRedirect(page, person);
  await expectRefusal(page, world, { heading: "你的账号已停用", cause: "leaver" });
  expect(await isSignedIn(otherBrowser)).toBe(false);
});

test("S26 the next sign-in attempt of a disabled employee revokes all their sessions", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  const otherBrowser = await openBrowser();
  await enter(otherBrowser, dingtalk, person);
  await dingtalk.patchPerson(person.userid, { active: false });
  await postSilentCode(context, await dingtalk.mintCode({ kind: "silent", userid: person.userid }));
  await expect.poll(() => isSignedIn(context)).toBe(false);
  await expect.poll(() => isSignedIn(otherBrowser)).toBe(false);
});

test("an employee who is enabled again can sign in again", async ({ page, dingtalk, hire }) => {
  const person = await hire({ active: false });
  await signInByRedirect(page, person);
  await expect(page.getByRole("heading", { level: 1, name: "你的账号已停用" })).toBeVisible();
  await dingtalk.patchPerson(person.userid, { active: true });
  await page.getByRole("button", { name: "在本窗口登录钉钉" }).click();
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, person);
});

test("S9 the email or mobile number of another employee gives no access to their account", async ({
  page,
  dingtalk,
  hire,
}) => {
  const facts = { mobile: "13900000001", email: "same@example.com", orgEmail: "same@xinghe.example" };
  const owner = await hire(facts);
  const other = await hire({ ...facts, personalEmail: facts.orgEmail });
  await enter(page.context(), dingtalk, owner);
  await page.context().clearCookies();
  await signInByRedirect(page, other);
  await expectProfileOf(page, other);
  await expect(page.getByText(other.userid)).toBeVisible();
});

test("S9 a new employee with a leaver's userId is another person", async ({ openBrowser, dingtalk, hire }) => {
  const first = await hire();
  const [old, fresh] = [await openBrowser(), await openBrowser()];
  await enter(old, dingtalk, first);
  await dingtalk.removePerson(first.userid);
  await dingtalk.addPerson({ userid: first.userid, name: "后来的人", unionid: `union-${first.userid}` });
  await enter(fresh, dingtalk, first);
  await expect.poll(() => isSignedIn(old)).toBe(false);
});

test("a refusal page does not show text from a crafted URL", async ({ page }) => {
  await page.goto("/login?error=%3Cscript%3E&reference=call%20010-5555%20now");
  await expect(page.getByRole("heading", { level: 1, name: "登录没有成功" })).toBeVisible();
  await expect(page.getByText("010-5555")).toHaveCount(0);
});
