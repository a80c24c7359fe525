import { setTimeout as wait } from "node:timers/promises";
import { type SandboxClient } from "../sandbox/control-client";

let count = 0;

/** Adds an employee that neither app knows. All of them belong to one department, whose name our app fetches once. */
export async function addEmployee(sandbox: SandboxClient): Promise<string> {
  count += 1;
  const userid = `bench${String(count).padStart(5, "0")}`;
  await sandbox.addPerson({ userid, name: `员工${count}`, title: "工程师", departments: [{ id: 101 }] });
  return userid;
}

/** Waits until DingTalk has received no call for `quietMs`, so that an app has finished its work after the response. */
export async function waitUntilIdle(sandbox: SandboxClient, quietMs = 150): Promise<void> {
  for (let [before, now] = [-1, await countCalls(sandbox)]; before !== now; ) {
    await wait(quietMs);
    [before, now] = [now, await countCalls(sandbox)];
  }
}

async function countCalls(sandbox: SandboxClient): Promise<number> {
  return (await sandbox.calls()).length;
}
