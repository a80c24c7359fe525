import { html } from "hono/html";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { type Markup, noteOf, renderPage } from "../pages/layout";
import { wordsFor } from "../pages/words";
import { type Store } from "../store";
import { type ConsoleAction } from "./actions";
import { eventTable } from "./event-table";
import { departmentNames } from "./list-page";
import { type ConsoleWords, consoleWords } from "./words";

/** One person with the changes that are possible now, and the events about this person. */
export function personPage(c: SandboxContext, store: Store, person: Person) {
  const words = wordsFor(c);
  const own = consoleWords(words);
  const events = store.events.filter(({ userIds }) => userIds.includes(person.userid)).slice(-10);
  const body = html`<p><a href="/_sandbox/console">${own.back}</a></p>
<h1>${person.name}</h1>
<p class="muted"><code>${person.userid}</code> · ${noteOf(store, person, words) ?? own.active} · ${departmentNames(store, person)}</p>
${c.req.query("done") ? html`<p role="status" class="card">${own.done}</p>` : ""}
<section class="stack"><h2>${own.change}</h2>${changeForms(store, person, own)}</section>
<section class="stack"><h2>${own.events}</h2>${eventTable(events, own)}</section>`;
  return renderPage(c, { words, title: person.name, body, kind: "wide" });
}

function changeForms(store: Store, person: Person, own: ConsoleWords): Markup {
  if (person.membership === "left") return actionForm([["join", own.join]], own.joinHint);
  if (person.membership !== "member") return html`<p class="muted">${own.foreign}</p>`;
  const isAdmin = person.admin || person.subAdmin;
  return html`${actionForm([["leave", own.leave]], own.leaveHint)}
${actionForm([
  isAdmin ? ["dismiss", own.dismiss] : ["appoint", own.appoint],
  person.active ? ["disable", own.disable] : ["enable", own.enable],
])}
${moveForm(store, person, own)}`;
}

function actionForm(actions: [ConsoleAction, string][], hint = ""): Markup {
  const buttons = actions.map(([action, label]) => html`<button name="action" value="${action}">${label}</button>`);
  return html`<form method="post" class="row card middle">${buttons}<span class="small muted">${hint}</span></form>`;
}

/** More departments than this would make the list too long. */
const listedDepartments = 200;

function moveForm(store: Store, person: Person, own: ConsoleWords): Markup {
  const options = store.departments
    .all()
    .slice(0, listedDepartments)
    .map(({ id, name }) =>
      id === person.departments[0]?.id
        ? html`<option value="${id}" selected>${name}</option>`
        : html`<option value="${id}">${name}</option>`,
    );
  return html`<form method="post" class="row card"><label class="grow">${own.moveTo}<select name="department">${options}</select></label>
<button name="action" value="move">${own.move}</button></form>`;
}
