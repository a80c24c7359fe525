import { setTimeout as wait } from "node:timers/promises";
import { type Browser } from "./browser";
import { addEmployee } from "./company";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { signIn } from "./sign-in";
import { summarizeWithQuantiles } from "./statistics";
import { startOurs, type Target } from "./targets";

const leavers = 100;
/** Not counted: a server that has just started interprets code that it later compiles. */
const warmUps = 20;

/**
 * Measures the time from the moment at which a person leaves in DingTalk to the event with which an open page notices it, by Stream
 * mode. The next request must be refused. On PostgreSQL also with two processes: DingTalk sends an event to one of them, the page is
 * open at each in turn, and the request goes to the other.
 */
export async function measureLeavers(setup: Setup): Promise<Figures> {
  const settings = { DINGTALK_EVENTS: "stream" };
  const first = await startOurs(setup.options, settings);
  const one = await measureWith(setup, [first]);
  const figures = { "leaver.p50": { value: one.median, parts: { ours: one } }, "leaver.p99": { value: one.p99 } };
  if (!setup.options.databaseUrl) {
    await first.stop();
    return figures;
  }
  const second = await startOurs(setup.options, settings);
  const two = await measureWith(setup, [first, second]);
  await Promise.all([first.stop(), second.stop()]);
  return {
    ...figures,
    "leaver.two-p50": { value: two.median, parts: { ours: two } },
    "leaver.two-p99": { value: two.p99 },
  };
}

async function measureWith({ sandbox, times }: Setup, apps: Target[]) {
  const connected = async () => (await sandbox.streams()).filter(({ isOpen }) => isOpen).length;
  while ((await connected()) < apps.length) await wait(50);
  const measured: number[] = [];
  while (measured.length < times(warmUps) + times(leavers)) {
    const [app, other] = [apps.at(measured.length % apps.length), apps.at((measured.length + 1) % apps.length)];
    if (!app || !other) throw new Error("There is no process.");
    const userid = await addEmployee(sandbox);
    const browser = await signIn({ app, method: "silent", sandbox, userid });
    const page = await openPage(browser);
    const leftAt = performance.now();
    await sandbox.patchPerson(userid, { membership: "left" });
    measured.push((await page.endedAt) - leftAt);
    page.close();
    await requireRefused(browser.at(other.url));
  }
  return summarizeWithQuantiles(measured.slice(times(warmUps)));
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
