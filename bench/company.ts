import { setTimeout as wait } from "node:timers/promises";
import { type SandboxClient } from "../sandbox/control-client";

let hired = 0;

/** Adds an employee whom neither app has met; all of them work in one department, whose name ours learns once. */
export async function hire(sandbox: SandboxClient): Promise<string> {
  hired += 1;
  const userid = `bench${String(hired).padStart(5, "0")}`;
  await sandbox.addPerson({ userid, name: `员工${hired}`, title: "工程师", departments: [{ id: 101 }] });
  return userid;
}

/** Waits until DingTalk has not been called for `quietMs`: what an app does after its answer is over by then. */
export async function settle(sandbox: SandboxClient, quietMs = 150): Promise<void> {
  for (let [before, now] = [-1, await countCalls(sandbox)]; before !== now; ) {
    await wait(quietMs);
    [before, now] = [now, await countCalls(sandbox)];
  }
}

async function countCalls(sandbox: SandboxClient): Promise<number> {
  return (await sandbox.calls()).length;
}
