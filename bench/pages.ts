import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Browser } from "./browser";
import { addEmployee } from "./company";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { signIn } from "./sign-in";
import { startOurs, type Target } from "./targets";

const browsers = 100;
/** A session may have eight. */
const pagesEach = 8;
/** Each stream reads its session's state once a minute. */
const windowMs = 60_000;

/** Measures what the event stream of an open page costs: 800 of them, compared with the same minute without any. */
export async function measurePages({ sandbox, options, times }: Setup): Promise<Figures> {
  const app = await startOurs(options);
  const signedIn: Browser[] = [];
  while (signedIn.length < times(browsers))
    signedIn.push(await signIn({ app, method: "silent", sandbox, userid: await addEmployee(sandbox) }));
  // The first streams load their code.
  await openPages(signedIn.slice(0, 1), closeSoon());
  await wait(2000);
  const idleMs = await cpuOf(app);
  const beforeMb = await app.memoryMb();
  const closing = new AbortController();
  const count = await openPages(signedIn, closing.signal);
  const addedMb = (await app.memoryMb()) - beforeMb;
  const openMs = await cpuOf(app);
  closing.abort();
  await app.stop();
  const note = `${count} pages`;
  return {
    "page.memory": { value: (addedMb * 1024) / count, note },
    "page.cpu": { value: (openMs - idleMs) / count, note },
  };
}

function closeSoon(): AbortSignal {
  return AbortSignal.timeout(1000);
}

async function openPages(signedIn: Browser[], signal: AbortSignal): Promise<number> {
  setMaxListeners(0, signal);
  for (const browser of signedIn)
    for (let page = 0; page < pagesEach; page += 1) await browser.listen("/api/session/events", () => {}, signal);
  return signedIn.length * pagesEach;
}

async function cpuOf(app: Target): Promise<number> {
  const before = await app.cpuMs();
  await wait(windowMs);
  return (await app.cpuMs()) - before;
}
