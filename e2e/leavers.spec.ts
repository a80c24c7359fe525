import { test as base, expect } from "./fixtures";
import { enter, isSignedIn } from "./sign-in";
import { startWorld, type World } from "./world";

const key = { token: "sandbox-token", aesKey: "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq" };

function withWorld(settings: Record<string, string>) {
  return base.extend<object, { sharedWorld: World }>({
    sharedWorld: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
      async ({}, use) => {
        const world = await startWorld(settings);
        await use(world);
        await world.stop();
      },
      { scope: "worker", timeout: 120_000 },
    ],
  });
}

const stream = withWorld({ DINGTALK_EVENTS: "stream" });
const callback = withWorld({
  DINGTALK_EVENTS: "http",
  DINGTALK_EVENT_TOKEN: key.token,
  DINGTALK_EVENT_AES_KEY: key.aesKey,
});

/** An event takes milliseconds. A busy machine has more time. */
const soon = { timeout: 15_000, intervals: [50] };

stream.describe("S26 S41 by Stream mode", () => {
  stream.beforeEach(async ({ dingtalk }) => {
    await expect.poll(async () => (await dingtalk.streams()).filter(({ isOpen }) => isOpen).length, soon).toBe(1);
  });

  stream(
    "a leaver is signed out of every browser, and a returner signs in again",
    async ({ openBrowser, dingtalk, hire }) => {
      const person = await hire();
      const browsers = [await openBrowser(), await openBrowser()];
      for (const browser of browsers) await enter(browser, dingtalk, person);
      await dingtalk.patchPerson(person.userid, { membership: "left" });
      for (const browser of browsers) await expect.poll(() => isSignedIn(browser), soon).toBe(false);
      await dingtalk.patchPerson(person.userid, { membership: "member" });
      const again = await openBrowser();
      await enter(again, dingtalk, person);
      expect(await isSignedIn(again)).toBe(true);
    },
  );

  stream(
    "who stops being an admin loses the pages, and who changes department sees it",
    async ({ context, dingtalk, hire }) => {
      const person = await hire({ admin: true });
      await enter(context, dingtalk, person);
      const statusOf = async (path: string) => (await context.request.get(path, { maxRedirects: 0 })).status();
      expect(await statusOf("/admin/employees")).toBe(200);
      await dingtalk.patchPerson(person.userid, { admin: false, title: "新的职务" });
      await expect.poll(() => statusOf("/admin/employees"), soon).toBe(404);
      expect(await (await context.request.get("/profile")).text()).toContain("新的职务");
    },
  );

  stream("a dropped connection is replaced, and events arrive again", async ({ context, dingtalk, hire }) => {
    const person = await hire();
    await enter(context, dingtalk, person);
    await dingtalk.endStreams("drop");
    await expect.poll(async () => (await dingtalk.streams()).filter(({ isOpen }) => isOpen).length, soon).toBe(1);
    await dingtalk.patchPerson(person.userid, { membership: "left" });
    await expect.poll(() => isSignedIn(context), soon).toBe(false);
  });

  stream(
    "repeated and reordered events of a person who left and came back lead to what DingTalk says now",
    async ({ context, dingtalk, hire }) => {
      const person = await hire();
      await enter(context, dingtalk, person);
      const pushes = async () =>
        (await dingtalk.events())
          .filter(({ userIds }) => userIds.includes(person.userid))
          .flatMap((event) => event.pushes);
      // The first one said that the person was added.
      await expect.poll(async () => (await pushes()).length, soon).toBe(1);
      await dingtalk.settings({ push: { faults: ["repeated", "reordered"], delayMs: 300 } });
      await dingtalk.patchPerson(person.userid, { membership: "left" });
      await dingtalk.patchPerson(person.userid, { membership: "member" });
      await expect.poll(async () => (await pushes()).length, soon).toBe(5);
      expect(await isSignedIn(context)).toBe(true);
      await dingtalk.patchPerson(person.userid, { membership: "left" });
      await expect.poll(() => isSignedIn(context), soon).toBe(false);
    },
  );

  stream("while DingTalk's API is down, its word about a leaver counts", async ({ context, dingtalk, hire }) => {
    const person = await hire();
    await enter(context, dingtalk, person);
    await dingtalk.fault({ path: "/topapi/v2/user/get", times: 1000, fault: { kind: "status", status: 503 } });
    await dingtalk.patchPerson(person.userid, { membership: "left" });
    await expect.poll(() => isSignedIn(context), soon).toBe(false);
  });

  stream(
    "an old event about a person who is still there changes nothing",
    async ({ context, dingtalk, hire, world }) => {
      const person = await hire();
      await enter(context, dingtalk, person);
      const order = { type: "user_leave_org", userid: person.userid, via: "stream", ageSeconds: 3600 } as const;
      expect((await dingtalk.sendEvent(order)).answer).toBe("accepted");
      await expect.poll(() => world.log(), soon).toContain("dingtalk event");
      expect(await isSignedIn(context)).toBe(true);
    },
  );
});

callback.describe("S26 S41 by callback", () => {
  callback.beforeEach(async ({ dingtalk, world }) => {
    const callbackUrl = `${world.url}/api/dingtalk/events`;
    await dingtalk.settings({ callbackUrl, callbackToken: key.token, callbackAesKey: key.aesKey });
  });

  callback("the address answers DingTalk's check, and a leaver is signed out", async ({ context, dingtalk, hire }) => {
    expect(await dingtalk.sendEvent({ type: "check_url" })).toEqual({ status: 200, answer: "success" });
    const person = await hire();
    await enter(context, dingtalk, person);
    await dingtalk.patchPerson(person.userid, { membership: "left" });
    await expect.poll(() => isSignedIn(context), soon).toBe(false);
  });

  callback("a forged event changes nothing", async ({ context, dingtalk, hire }) => {
    const person = await hire();
    await enter(context, dingtalk, person);
    await dingtalk.settings({ push: { automatic: false } });
    await dingtalk.patchPerson(person.userid, { membership: "left" });
    const order = { type: "user_leave_org", userid: person.userid } as const;
    for (const tamper of ["signature", "owner"] as const)
      expect((await dingtalk.sendEvent({ ...order, tamper })).status).toBe(403);
    expect((await dingtalk.sendEvent({ ...order, ageSeconds: 3600 })).status).toBe(403);
    await dingtalk.sendEvent({ ...order, tamper: "corp" });
    expect(await isSignedIn(context)).toBe(true);
    expect((await dingtalk.sendEvent(order)).answer).toBe("success");
    await expect.poll(() => isSignedIn(context), soon).toBe(false);
  });
});
