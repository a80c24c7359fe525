import { type SandboxClient } from "../sandbox/control-client";
import { addEmployee } from "./company";
import { methods, signIn } from "./sign-in";
import { type Target } from "./targets";

/** Signs so many new employees in by each method. A server that has just started interprets code that it later compiles. */
export async function warmUp(
  app: Target,
  { sandbox, times }: { sandbox: SandboxClient; times: number },
): Promise<void> {
  await sandbox.settings({ latencyMs: 0 });
  for (let turn = 0; turn < times; turn += 1) {
    for (const method of methods) await signIn({ app, method, sandbox, userid: await addEmployee(sandbox) });
    await sandbox.clearCalls();
  }
}
