import { setTimeout as wait } from "node:timers/promises";
import { type Browser } from "./browser";
import { addEmployee } from "./company";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { signIn } from "./sign-in";
import { summarizeWithQuantiles } from "./statistics";
import { startOurs } from "./targets";

const leavers = 100;
/** Not counted: a server that has just started interprets code that it later compiles. */
const warmUps = 20;

/**
 * Measures the time from the moment at which a person leaves in DingTalk to the event with which an open page notices it, by Stream
 * mode. The next request must be refused.
 */
export async function measureLeavers({ sandbox, options, times }: Setup): Promise<Figures> {
  const app = await startOurs(options, { DINGTALK_EVENTS: "stream" });
  while (!(await sandbox.streams()).some(({ isOpen }) => isOpen)) await wait(50);
  const measured: number[] = [];
  while (measured.length < times(warmUps) + times(leavers)) {
    const userid = await addEmployee(sandbox);
    const browser = await signIn({ app, method: "silent", sandbox, userid });
    const page = await openPage(browser);
    const leftAt = performance.now();
    await sandbox.patchPerson(userid, { membership: "left" });
    measured.push((await page.endedAt) - leftAt);
    page.close();
    await requireRefused(browser);
  }
  await app.stop();
  const spread = summarizeWithQuantiles(measured.slice(times(warmUps)));
  return {
    "leaver.p50": { value: spread.median, parts: { ours: spread } },
    "leaver.p99": { value: spread.p99 },
  };
}

/** An open page of the browser: its event stream, and when that says that the session has ended. */
async function openPage(browser: Browser): Promise<{ endedAt: Promise<number>; close: () => void }> {
  const closing = new AbortController();
  let note = (_at: number) => {};
  const endedAt = new Promise<number>((resolve) => {
    note = resolve;
  });
  const onText = (text: string) => text.includes('"ended"') && note(performance.now());
  await browser.listen("/api/session/events", onText, closing.signal);
  return { endedAt, close: () => closing.abort() };
}

async function requireRefused(browser: Browser): Promise<void> {
  const { text } = await browser.get("/api/auth/session");
  if (text !== "{}") throw new Error("A leaver's request was answered.");
}
