import { type SandboxClient } from "../sandbox/control-client";
import { userAgents } from "../sandbox/user-agents";
import { hire } from "./company";
import { type Contestant } from "./contestants";
import { type Desktop } from "./desktop";
import { signIn } from "./sign-in";

/** Scans a desktop's code; `tap` sends what the button that lets it in sends. */
export type Phone = { scan: (desktop: Desktop) => Promise<{ tap: () => Promise<void> }> };

/** A new employee who came in through DingTalk. */
export async function createPhone(sandbox: SandboxClient, app: Contestant): Promise<Phone> {
  const browser = await signIn({ app, way: "silent", sandbox, userid: await hire(sandbox) });
  return {
    async scan({ id, number }) {
      const path = `/scan/${id}`;
      const { text } = await browser.get(path, { "user-agent": userAgents.android });
      const action = /name="(\$ACTION_ID_\w+)"/.exec(text)?.[1];
      if (!action) throw new Error("The phone was shown no form.");
      const fields = { [action]: "", ticket: id, number, decision: "approve" };
      return {
        async tap() {
          const { location } = await browser.submit(path, fields);
          if (!location?.endsWith("result=approved")) throw new Error(`The phone let nobody in: ${location}`);
        },
      };
    },
  };
}
