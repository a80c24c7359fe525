import { type SandboxClient } from "../sandbox/control-client";
import { userAgents } from "../sandbox/user-agents";
import { addEmployee } from "./company";
import { type Desktop } from "./desktop";
import { signIn } from "./sign-in";
import { type Target } from "./targets";

/** Scans a desktop's code. `tap` sends the form of the button that approves the sign-in. */
export type Phone = { scan: (desktop: Desktop) => Promise<{ tap: () => Promise<void> }> };

/** Creates the phone of a new employee, who has signed in silently. */
export async function createPhone(sandbox: SandboxClient, app: Target): Promise<Phone> {
  const browser = await signIn({ app, method: "silent", sandbox, userid: await addEmployee(sandbox) });
  return {
    async scan({ id, number }) {
      const path = `/scan/${id}`;
      const { text } = await browser.get(path, { "user-agent": userAgents.android });
      const action = /name="(\$ACTION_ID_\w+)"/.exec(text)?.[1];
      if (!action) throw new Error("The phone's page has no form.");
      const fields = { [action]: "", ticket: id, number, decision: "approve" };
      return {
        async tap() {
          const { location } = await browser.submit(path, fields);
          if (!location?.endsWith("result=approved")) throw new Error(`The approval failed: ${location}`);
        },
      };
    },
  };
}
