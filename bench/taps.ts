import { waitUntilIdle } from "./company";
import { openDesktop } from "./desktop";
import { type Figures } from "./goals";
import { createPhone, type Phone } from "./phone";
import { type Setup } from "./setup";
import { summarizeWithQuantiles } from "./statistics";
import { startOurs, type Target, ticketSettings } from "./targets";

const taps = 500;
/** Not counted: a server that has just started interprets code that it later compiles. */
const warmUps = 80;
const maxMs = 150_000;
/** An employee may decide ten times a minute. */
const tapsPerEmployee = 8;

/** Measures the time from the phone's tap to the desktop's event, on an otherwise idle server. */
export async function measureTaps({ sandbox, options, times }: Setup): Promise<Figures> {
  const app = await startOurs(options, ticketSettings);
  const wanted = times(taps);
  const measured: number[] = [];
  const deadline = Date.now() + maxMs;
  while (measured.length < times(warmUps) + wanted && Date.now() < deadline) {
    const phone = await createPhone(sandbox, app);
    await waitUntilIdle(sandbox);
    for (let turn = 0; turn < tapsPerEmployee; turn += 1) measured.push(await timeTap(app, phone));
  }
  await app.stop();
  const spread = summarizeWithQuantiles(measured.slice(times(warmUps), times(warmUps) + wanted));
  const note = spread.count < wanted ? `${spread.count} taps in ${maxMs / 1000} s` : undefined;
  return {
    "tap.p95": { value: spread.p95, parts: { ours: spread }, note },
    "tap.p99": { value: spread.p99, note },
  };
}

async function timeTap({ url }: Target, phone: Phone): Promise<number> {
  const desktop = await openDesktop(url);
  const closing = new AbortController();
  let resolveApproved = () => {};
  const approved = new Promise<void>((resolve) => {
    resolveApproved = resolve;
  });
  await desktop.listen((state) => state === "approved" && resolveApproved(), closing.signal);
  const { tap } = await phone.scan(desktop);
  const tappedAt = performance.now();
  const approvedAt = approved.then(() => performance.now());
  await Promise.all([approvedAt, tap()]);
  closing.abort();
  return (await approvedAt) - tappedAt;
}
