import { type BrowserContext } from "@playwright/test";
import { test } from "./clock";
import { expect } from "./fixtures";
import { enter, isSignedIn } from "./sign-in";

const key = { token: "sandbox-token", aesKey: "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq" };

test.use({
  settings: {
    DINGTALK_EVENTS: "http",
    DINGTALK_EVENT_TOKEN: key.token,
    DINGTALK_EVENT_AES_KEY: key.aesKey,
    RECHECK_MINUTES: "1",
  },
});

/** The app asks every 15 seconds whether the interval is over; a busy machine has more time. */
const soon = { timeout: 45_000, intervals: [500] };

test.describe.configure({ timeout: 90_000 });

/** After a minute without use, a record is still too new for a session to ask for it: only a look for lost events finds the leaver. */
async function expectFound(context: BrowserContext, advanceClock: (seconds: number) => void): Promise<void> {
  expect(await isSignedIn(context)).toBe(true);
  advanceClock(61);
  await expect.poll(() => isSignedIn(context), soon).toBe(false);
}

test("S26 a leaver of whom no event was sent is found in the leave records", async ({
  context,
  dingtalk,
  hire,
  advanceClock,
}) => {
  await dingtalk.settings({ push: { faults: ["lost"] } });
  const person = await hire();
  await enter(context, dingtalk, person);
  await dingtalk.patchPerson(person.userid, { membership: "left" });
  await expectFound(context, advanceClock);
});

test("S26 an event whose pushes failed is taken from DingTalk's list", async ({
  context,
  dingtalk,
  hire,
  advanceClock,
}) => {
  const callbackUrl = "http://127.0.0.1:1/";
  await dingtalk.settings({ callbackUrl, callbackToken: key.token, callbackAesKey: key.aesKey });
  await dingtalk.settings({ push: { httpRetryMs: [10, 10] } });
  const person = await hire();
  await enter(context, dingtalk, person);
  // Who is only disabled is in no leave record.
  await dingtalk.patchPerson(person.userid, { active: false });
  const attempts = async () => (await dingtalk.events()).find(({ userIds }) => userIds.includes(person.userid))?.pushes;
  await expect.poll(async () => (await attempts())?.length ?? 0, soon).toBe(3);
  await expectFound(context, advanceClock);
});

test("S26 a person who left and came back stays signed in, although the leave records have them", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
  advanceClock,
}) => {
  await dingtalk.settings({ push: { faults: ["lost"] } });
  const [returner, leaver] = [await hire(), await hire()];
  const theirs = await openBrowser();
  await enter(context, dingtalk, returner);
  await enter(theirs, dingtalk, leaver);
  await dingtalk.patchPerson(returner.userid, { membership: "left" });
  await dingtalk.patchPerson(returner.userid, { membership: "member" });
  await dingtalk.patchPerson(leaver.userid, { membership: "left" });
  await expectFound(theirs, advanceClock);
  expect(await isSignedIn(context)).toBe(true);
});
