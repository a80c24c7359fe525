import { randomBytes } from "node:crypto";
import { type BrowserContext } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { test as base, type Employee, expect } from "./fixtures";
import { begin, comeBack, enter, isIn } from "./sign-in-methods";
import { startWorld } from "./world";

/** With an app of its own: one that has fetched no corp token yet, and does nothing for earlier tests. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  world: async ({}, use) => {
    const world = await startWorld();
    await use(world);
    await world.stop();
  },
});

// It starts within each test's time.
test.describe.configure({ timeout: 120_000 });

const corpToken = "/v1.0/oauth2/dingsandbox0corp00000001/token";
const userToken = "/v1.0/oauth2/userAccessToken";
const account = "/v1.0/contact/users/me";
const membership = "/topapi/user/getbyunionid";
const whose = "/topapi/v2/user/getuserinfo";
const details = "/topapi/v2/user/get";

const identifying = [corpToken, userToken, account, membership, whose, details];

/** Who somebody is, in the order it was asked; what is learned around them afterwards is left out. */
async function askedFor(dingtalk: SandboxClient): Promise<string[]> {
  return (await dingtalk.calls()).map(({ path }) => path).filter((path) => identifying.includes(path));
}

async function enterByQr(context: BrowserContext, dingtalk: SandboxClient, person: Employee): Promise<void> {
  const code = await dingtalk.mintCode({ kind: "auth", userid: person.userid });
  expect((await comeBack(context, { code, state: await begin(context, "frame") })).pathname).toBe("/profile");
}

test("a first silent sign-in costs two calls, a returning one's answer waits for one", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const [first, second] = [await hire(), await hire()];
  await enter(context, dingtalk, first);
  expect(await askedFor(dingtalk)).toEqual([corpToken, whose, details]);

  await dingtalk.clearCalls();
  await enter(await openBrowser(), dingtalk, second);
  expect(await askedFor(dingtalk)).toEqual([whose, details]);

  await dingtalk.clearCalls();
  await dingtalk.fault({ path: details, times: 10, fault: { kind: "hang" } });
  await enter(context, dingtalk, first);
  expect(await isIn(context)).toBe(true);
  await expect.poll(() => askedFor(dingtalk)).toEqual([whose, details]);
});

base(
  "S26 the refresh behind a quick entry ends the session of somebody disabled meanwhile",
  async ({ context, dingtalk, hire }) => {
    const person = await hire();
    await enter(context, dingtalk, person);
    await dingtalk.patchPerson(person.userid, { active: false });
    await enter(context, dingtalk, person);
    await expect.poll(() => isIn(context)).toBe(false);
  },
);

test("a first QR sign-in costs four calls, a returning one's three", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  await enterByQr(context, dingtalk, person);
  const cold = await askedFor(dingtalk);
  expect(cold).toHaveLength(5);
  expect(cold.filter((path) => path !== corpToken)).toEqual([userToken, account, membership, details]);

  await dingtalk.clearCalls();
  await enterByQr(await openBrowser(), dingtalk, person);
  expect(await askedFor(dingtalk)).toEqual([userToken, account, details]);
});

test("S33 many who come at once to a cold app cost one corp token", async ({ openBrowser, dingtalk, hire }) => {
  const people = await Promise.all(Array.from({ length: 8 }, () => hire()));
  await Promise.all(people.map(async (person) => enter(await openBrowser(), dingtalk, person)));
  expect(await dingtalk.calls(corpToken)).toHaveLength(1);
});

base(
  "S10 a known person who moved to another account of the company's is asked for anew",
  async ({ context, openBrowser, dingtalk, hire }) => {
    const unionid = `union-${randomBytes(6).toString("hex")}`;
    const person = await hire({ unionid });
    await enterByQr(context, dingtalk, person);
    await dingtalk.removePerson(person.userid);
    await dingtalk.addPerson({ userid: `${person.userid}-2`, name: person.name, unionid });
    const fresh = await openBrowser();
    const code = await dingtalk.mintCode({ kind: "auth", userid: `${person.userid}-2` });
    const answer = await comeBack(fresh, { code, state: await begin(fresh, "redirect") });
    expect(answer.pathname).toBe("/profile");
    expect(await askedFor(dingtalk)).toContain(membership);
    await expect.poll(() => isIn(context)).toBe(false);
  },
);
