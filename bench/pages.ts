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
/** Each stream reads its session's state once a minute, and says every half minute that it is still there. */
const windowMs = 60_000;
const stillThere = "still here";

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
  const { count, heard } = await openPages(signedIn, closing.signal);
  const addedMb = (await app.memoryMb()) - beforeMb;
  const openMs = await cpuOf(app);
  closing.abort();
  await app.stop();
  if (heard.size < count) throw new Error(`Of ${count} streams only ${heard.size} stayed open.`);
  const note = `${count} pages`;
  return {
    "page.memory": { value: (addedMb * 1024) / count, note },
    "page.cpu": { value: (openMs - idleMs) / count, note },
  };
}

function closeSoon(): AbortSignal {
  return AbortSignal.timeout(1000);
}

/** `heard` are the streams that were still there long after they were opened. */
async function openPages(signedIn: Browser[], signal: AbortSignal): Promise<{ count: number; heard: Set<number> }> {
  setMaxListeners(0, signal);
  const heard = new Set<number>();
  const count = signedIn.length * pagesEach;
  for (let page = 0; page < count; page += 1) {
    const note = (text: string) => text.includes(stillThere) && heard.add(page);
    await signedIn[page % signedIn.length]?.listen("/api/session/events", note, signal);
  }
  return { count, heard };
}

async function cpuOf(app: Target): Promise<number> {
  const before = await app.cpuMs();
  await wait(windowMs);
  return (await app.cpuMs()) - before;
}
