import { html } from "hono/html";
import { type SandboxContext } from "../context";
import { type Store } from "../store";
import { type Markup, renderPage } from "./layout";
import { noteOf } from "./person-mark";
import { type Words, wordsFor } from "./words";

/** The sandbox's front door: what it is, where everything is, who is there. */
export function startPage(c: SandboxContext, store: Store) {
  const words = wordsFor(c);
  const body = html`<h1>${words.sandbox}</h1><p class="muted lead">${words.start.lead}</p>
<section><h2>${words.start.go}</h2><ul class="doors">
${door(store.options.appUrl, words.start.openApp, words.start.openAppHint)}
${door("/_sandbox/phone", words.start.openPhone, words.start.openPhoneHint)}
${door(`${store.addresses.webview}/_webview/open`, words.start.openWebview, words.start.openWebviewHint)}
</ul></section>
<section><h2>${words.start.settings}</h2><div class="card">${settings(store)}</div></section>
<section><h2>${words.start.people}</h2><div class="card table" tabindex="0" role="region" aria-label="${words.start.people}">${people(store, words)}</div>
<p class="muted small">${words.start.control}</p></section>`;
  return renderPage(c, { words, title: words.start.go, body, kind: "wide" });
}

function door(address: string, label: string, hint: string): Markup {
  return html`<li><a class="card door" href="${address}"><b>${label}</b><span class="muted small">${hint}</span></a></li>`;
}

function settings(store: Store): Markup {
  const { clientId, corpId } = store.options;
  const lines = [
    ["DINGTALK_API_URL", store.addresses.sandbox],
    ["DINGTALK_OAPI_URL", store.addresses.sandbox],
    ["DINGTALK_LOGIN_URL", store.addresses.sandbox],
    ["DINGTALK_CLIENT_ID", clientId],
    ["DINGTALK_CORP_ID", corpId],
  ];
  return html`<dl>${lines.map(([name, value]) => html`<dt><code>${name}</code></dt><dd><code>${value}</code></dd>`)}</dl>`;
}

const shownRows = 25;

function people(store: Store, words: Words): Markup {
  const everyone = store.people.all();
  const rows = everyone.slice(0, shownRows).map((person) => {
    const note = noteOf(store, person, words);
    return html`<tr><th scope="row">${person.name}</th><td><code>${person.userid}</code></td><td>${person.title ?? ""}</td><td>${note ?? ""}</td></tr>`;
  });
  const rest = everyone.length - rows.length;
  return html`<table><thead><tr><th scope="col">${words.start.name}</th><th scope="col">userid</th><th scope="col">${words.start.title}</th><th scope="col">${words.start.note}</th></tr></thead><tbody>${rows}</tbody></table>
${rest > 0 ? html`<p class="muted small">${words.start.more(rest)}</p>` : ""}`;
}
