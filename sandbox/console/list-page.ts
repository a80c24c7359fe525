import { html } from "hono/html";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { type Markup, noteOf, renderPage } from "../pages/layout";
import { type Words, wordsFor } from "../pages/words";
import { type Store } from "../store";
import { eventTable } from "./event-table";
import { type ConsoleWords, consoleWords } from "./words";

const rowsPerPage = 20;

/** The people of the company, a search, and what was pushed to the app. */
export function consolePage(c: SandboxContext, store: Store) {
  const words = wordsFor(c);
  const own = consoleWords(words);
  const query = c.req.query("q")?.trim() ?? "";
  const found = findPeople(store, query);
  const pages = Math.max(1, Math.ceil(found.length / rowsPerPage));
  const page = Math.min(pages, Math.max(1, Math.floor(Number(c.req.query("page")) || 1)));
  const shown = found.slice((page - 1) * rowsPerPage, page * rowsPerPage);
  const body = html`<h1>${own.title}</h1><p class="muted lead">${own.lead}</p>
<section><form method="get" action="/_sandbox/console" class="row" role="search">
<label class="grow">${own.search}<input name="q" value="${query}" autocomplete="off"></label><button>${own.find}</button></form></section>
<section class="stack"><h2>${words.start.people}</h2>${peopleCard(store, shown, words)}
<p class="row small"><span class="muted">${own.page(page, found.length)}</span>
${page > 1 ? pageLink(query, page - 1, own.previous) : ""}${page < pages ? pageLink(query, page + 1, own.next) : ""}</p></section>
${eventSection(store, own)}
${growSection(own)}`;
  return renderPage(c, { words, title: own.title, body, kind: "wide" });
}

function findPeople(store: Store, query: string): Person[] {
  const wanted = query.toLowerCase();
  return store.people.all().filter((person) => `${person.name}\n${person.userid}`.toLowerCase().includes(wanted));
}

function pageLink(query: string, page: number, label: string): Markup {
  const address = `/_sandbox/console?${new URLSearchParams({ q: query, page: String(page) })}`;
  return html`<a href="${address}">${label}</a>`;
}

function peopleCard(store: Store, people: Person[], words: Words): Markup {
  const own = consoleWords(words);
  if (people.length === 0) return html`<div class="card"><p class="muted">${own.none}</p></div>`;
  const rows = people.map((person) => {
    const address = `/_sandbox/console/people/${encodeURIComponent(person.userid)}`;
    return html`<tr><th scope="row"><a href="${address}">${person.name}</a></th><td><code>${person.userid}</code></td>
<td>${departmentNames(store, person)}</td><td>${noteOf(store, person, words) ?? own.active}</td></tr>`;
  });
  return html`<div class="card table four" tabindex="0" role="region" aria-label="${words.start.people}"><table><thead><tr>
<th scope="col">${own.name}</th><th scope="col">userid</th><th scope="col">${own.departments}</th><th scope="col">${own.status}</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

const shownDepartments = 3;

export function departmentNames(store: Store, person: Person): string {
  const names = person.departments.flatMap(({ id }) => store.departments.find(id)?.name ?? []);
  return names.slice(0, shownDepartments).join(" · ") + (names.length > shownDepartments ? " …" : "");
}

function eventSection(store: Store, own: ConsoleWords): Markup {
  const callback = store.registeredCallback?.url ?? store.settings.callbackUrl ?? own.noCallback;
  return html`<section class="stack"><h2>${own.events}</h2>
<p class="row small"><span class="muted">${own.streams(store.stream.connections.size)} · ${own.callback}: ${callback}</span>
<a href="/_sandbox/console">${own.refresh}</a></p>
${eventTable(store.events.slice(-10), own)}</section>`;
}

const sizes = [100, 1000, 10_000, 100_000];

function growSection(own: ConsoleWords): Markup {
  const options = sizes.map((size) => html`<option value="${size}">${own.people(size)}</option>`);
  return html`<section class="stack"><h2>${own.grow}</h2><form method="post" action="/_sandbox/console/company" class="row card">
<label class="grow">${own.growHint}<select name="people">${options}</select></label><button>${own.generate}</button></form></section>`;
}
