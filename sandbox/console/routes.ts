import { Hono } from "hono";
import { z } from "zod";
import { seedBigCompany } from "../company/big-company";
import { putPerson } from "../company/change";
import { type Person } from "../company/people";
import { type SandboxApp, type SandboxContext } from "../http";
import { wordsFor } from "../pages/words";
import { notePage } from "../phone/pages";
import { type Store } from "../store";
import { actionSchema, patchOf } from "./actions";
import { consolePage } from "./list-page";
import { personPage } from "./person-page";
import { consoleWords } from "./words";

const growSchema = z.object({ people: z.coerce.number().int().min(1).max(100_000) });

/** What an admin of the company does in DingTalk's own console. Every change sends its event. */
export function createConsole(store: Store): SandboxApp {
  const console: SandboxApp = new Hono();
  console.get("/_sandbox/console", (c) => consolePage(c, store));
  console.post("/_sandbox/console/company", async (c) => {
    const order = growSchema.safeParse(await c.req.parseBody());
    if (order.success) seedBigCompany(store, { ...order.data, seed: 1 });
    return c.redirect("/_sandbox/console", 303);
  });
  console.get("/_sandbox/console/people/:userid", (c) => {
    const person = store.people.find(c.req.param("userid"));
    return person ? personPage(c, store, person) : unknownPerson(c);
  });
  console.post("/_sandbox/console/people/:userid", async (c) => {
    const person = store.people.find(c.req.param("userid"));
    return person ? await applyAction(c, store, person) : unknownPerson(c);
  });
  return console;
}

function unknownPerson(c: SandboxContext) {
  return notePage(c, consoleWords(wordsFor(c)).noPerson);
}

async function applyAction(c: SandboxContext, store: Store, person: Person): Promise<Response> {
  const form = await c.req.parseBody();
  const action = actionSchema.safeParse(form.action);
  const isOurs = person.membership === "member" || person.membership === "left";
  const address = `/_sandbox/console/people/${encodeURIComponent(person.userid)}`;
  if (!action.success || !isOurs) return c.redirect(address, 303);
  putPerson(store, { ...person, ...patchOf(store, action.data, String(form.department)) }, "delete");
  return c.redirect(`${address}?done=${action.data}`, 303);
}
