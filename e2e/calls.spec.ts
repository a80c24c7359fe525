import { randomBytes } from "node:crypto";
import { type BrowserContext } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { test as base, type Employee, expect } from "./fixtures";
import { enter, finishSignIn, isSignedIn, startSignIn } from "./sign-in";
import { startWorld } from "./world";

/** Each test has its own app, which has no corp token yet and does no work for earlier tests. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  world: async ({}, use) => {
    const world = await startWorld();
    await use(world);
    await world.stop();
  },
});

// The app starts within each test's time-out.
test.describe.configure({ timeout: 120_000 });

const corpToken = "/v1.0/oauth2/dingsandbox0corp00000001/token";
const userToken = "/v1.0/oauth2/userAccessToken";
const contact = "/v1.0/contact/users/me";
const membership = "/topapi/user/getbyunionid";
const silentIdentity = "/topapi/v2/user/getuserinfo";
const details = "/topapi/v2/user/get";

const identityPaths = [corpToken, userToken, contact, membership, silentIdentity, details];

/** Returns the calls that identify an employee, in their order, without the calls for other details. */
async function identityCalls(dingtalk: SandboxClient): Promise<string[]> {
  return (await dingtalk.calls()).map(({ path }) => path).filter((path) => identityPaths.includes(path));
}

async function signInByQr(context: BrowserContext, dingtalk: SandboxClient, person: Employee): Promise<void> {
  const code = await dingtalk.mintCode({ kind: "auth", userid: person.userid });
  expect((await finishSignIn(context, { code, state: await startSignIn(context, "frame") })).pathname).toBe("/profile");
}

test("a first silent sign-in makes two calls; a returning employee's response waits for one", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const [first, second] = [await hire(), await hire()];
  await enter(context, dingtalk, first);
  expect(await identityCalls(dingtalk)).toEqual([corpToken, silentIdentity, details]);

  await dingtalk.clearCalls();
  await enter(await openBrowser(), dingtalk, second);
  expect(await identityCalls(dingtalk)).toEqual([silentIdentity, details]);

  await dingtalk.clearCalls();
  await dingtalk.fault({ path: details, times: 10, fault: { kind: "hang" } });
  await enter(context, dingtalk, first);
  expect(await isSignedIn(context)).toBe(true);
  await expect.poll(() => identityCalls(dingtalk)).toEqual([silentIdentity, details]);
});

base(
  "S26 the refresh after a silent sign-in ends the session of an employee who was disabled meanwhile",
  async ({ context, dingtalk, hire }) => {
    const person = await hire();
    await enter(context, dingtalk, person);
    await dingtalk.patchPerson(person.userid, { active: false });
    await enter(context, dingtalk, person);
    await expect.poll(() => isSignedIn(context)).toBe(false);
  },
);

test("a first QR sign-in makes four calls; a returning employee's makes three", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  await signInByQr(context, dingtalk, person);
  const cold = await identityCalls(dingtalk);
  expect(cold).toHaveLength(5);
  expect(cold.filter((path) => path !== corpToken)).toEqual([userToken, contact, membership, details]);

  await dingtalk.clearCalls();
  await signInByQr(await openBrowser(), dingtalk, person);
  expect(await identityCalls(dingtalk)).toEqual([userToken, contact, details]);
});

test("S33 many concurrent sign-ins to an app that has just started fetch one corp token", async ({
  openBrowser,
  dingtalk,
  hire,
}) => {
  const people = await Promise.all(Array.from({ length: 8 }, () => hire()));
  await Promise.all(people.map(async (person) => enter(await openBrowser(), dingtalk, person)));
  expect(await dingtalk.calls(corpToken)).toHaveLength(1);
});

base(
  "S10 the membership of a known person who has a new account in the company is checked again",
  async ({ context, openBrowser, dingtalk, hire }) => {
    const unionid = `union-${randomBytes(6).toString("hex")}`;
    const person = await hire({ unionid });
    await signInByQr(context, dingtalk, person);
    await dingtalk.removePerson(person.userid);
    await dingtalk.addPerson({ userid: `${person.userid}-2`, name: person.name, unionid });
    const fresh = await openBrowser();
    const code = await dingtalk.mintCode({ kind: "auth", userid: `${person.userid}-2` });
    const landing = await finishSignIn(fresh, { code, state: await startSignIn(fresh, "redirect") });
    expect(landing.pathname).toBe("/profile");
    expect(await identityCalls(dingtalk)).toContain(membership);
    await expect.poll(() => isSignedIn(context)).toBe(false);
  },
);
