import { Hono } from "hono";
import { html } from "hono/html";
import { type Person } from "../company/people";
import { type SandboxApp, type SandboxContext } from "../http";
import { type Store } from "../store";
import { type Markup, noteOf, renderPage } from "./layout";
import { type Words, wordsFor } from "./words";

/** The start page and the pictures of people. */
export function createPages(store: Store): SandboxApp {
  const pages: SandboxApp = new Hono();
  pages.get("/", (c) => startPage(c, store));
  pages.get("/_sandbox/avatars/:file", (c) => {
    const person = store.people.find(c.req.param("file").replace(/\.svg$/, ""));
    if (!person) return c.notFound();
    return c.body(drawAvatar(person), 200, { "content-type": "image/svg+xml", "cache-control": "max-age=3600" });
  });
  return pages;
}

/** What the sandbox is, its addresses, the settings of the app, and the people. */
function startPage(c: SandboxContext, store: Store) {
  const words = wordsFor(c);
  const body = html`<h1>${words.sandbox}</h1><p class="muted lead">${words.start.lead}</p>
<section><h2>${words.start.go}</h2><ul class="link-cards">
${linkCard(store.options.appUrl, words.start.openApp, words.start.openAppHint)}
${linkCard("/_sandbox/phone", words.start.openPhone, words.start.openPhoneHint)}
${linkCard(`${store.addresses.webview}/_webview/open`, words.start.openWebview, words.start.openWebviewHint)}
${linkCard("/_sandbox/console", words.start.openConsole, words.start.openConsoleHint)}
</ul></section>
<section><h2>${words.start.settings}</h2><div class="card">${settingsList(store)}</div></section>
<section><h2>${words.start.people}</h2><div class="card table" tabindex="0" role="region" aria-label="${words.start.people}">${peopleTable(store, words)}</div>
<p class="muted small">${words.start.control}</p></section>`;
  return renderPage(c, { words, title: words.start.go, body, kind: "wide" });
}

function linkCard(address: string, label: string, hint: string): Markup {
  return html`<li><a class="card link-card" href="${address}"><b>${label}</b><span class="muted small">${hint}</span></a></li>`;
}

function settingsList(store: Store): Markup {
  const { clientId, corpId } = store.options;
  const lines = [
    ["DINGTALK_API_URL", store.addresses.api],
    ["DINGTALK_OAPI_URL", store.addresses.oapi],
    ["DINGTALK_LOGIN_URL", store.addresses.login],
    ["DINGTALK_CLIENT_ID", clientId],
    ["DINGTALK_CORP_ID", corpId],
  ];
  return html`<dl>${lines.map(([name, value]) => html`<dt><code>${name}</code></dt><dd><code>${value}</code></dd>`)}</dl>`;
}

const shownRows = 25;

function peopleTable(store: Store, words: Words): Markup {
  const everyone = store.people.all();
  const rows = everyone.slice(0, shownRows).map((person) => {
    const note = noteOf(store, person, words);
    const address = `/_sandbox/console/people/${encodeURIComponent(person.userid)}`;
    return html`<tr><th scope="row"><a href="${address}">${person.name}</a></th><td><code>${person.userid}</code></td><td>${person.title ?? ""}</td><td>${note ?? ""}</td></tr>`;
  });
  const rest = everyone.length - rows.length;
  return html`<table><thead><tr><th scope="col">${words.start.name}</th><th scope="col">userid</th><th scope="col">${words.start.title}</th><th scope="col">${words.start.note}</th></tr></thead><tbody>${rows}</tbody></table>
${rest > 0 ? html`<p class="muted small">${words.start.more(rest)}</p>` : ""}`;
}

/** The last characters of the name on a colour that depends on the userid, like DingTalk's default pictures. */
function drawAvatar(person: Person): string {
  const hue = [...person.userid].reduce((sum, character) => sum + character.charCodeAt(0) * 37, 0) % 360;
  const letters = [...person.name].slice(-2).join("").replace(/[<&>]/g, "");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="hsl(${hue} 55% 42%)"/><text x="48" y="60" font-family="sans-serif" font-size="34" font-weight="600" fill="#fff" text-anchor="middle">${letters}</text></svg>`;
}
