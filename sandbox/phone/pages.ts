import { html } from "hono/html";
import { type SandboxContext } from "../context";
import { listOpenQrs, qrContent } from "../login/qr";
import { messagesOf } from "../oapi/messages";
import { type Markup, renderPage } from "../pages/layout";
import { shownPeople } from "../pages/person-mark";
import { type Words, wordsFor } from "../pages/words";
import { type Message } from "../records";
import { type Store } from "../store";
import { clientNames, clients } from "../user-agents";
import { type Phone } from "./routes";

/** The phone's home screen: its owner and client, the scanner, the workbench, what arrived. */
export function phonePage(c: SandboxContext, store: Store, phone: Phone) {
  const words = wordsFor(c);
  const body = html`<h1>${words.phone.title}</h1>
${ownerForm(store, phone, words)}
${scanner(store, phone, words)}
<section><h2>${words.phone.workbench}</h2>
<form method="get" action="/_sandbox/phone/open" class="actions">${phoneFields(phone)}<button class="primary">${words.phone.open}</button></form></section>
<section><h2>${words.phone.messages}</h2>${messageList(messagesOf(store, phone.userid), words)}</section>`;
  return renderPage(c, { words, title: words.phone.title, body, kind: "phone" });
}

function ownerForm(store: Store, phone: Phone, words: Words): Markup {
  const people = shownPeople(store).map((person) => choice(person.userid, person.name, phone.userid));
  const kinds = clients.map((client) => choice(client, clientNames[client], phone.client));
  return html`<form method="get" action="/_sandbox/phone" class="row">
<label>${words.phone.holder}<select name="person">${people}</select></label>
<label>${words.phone.client}<select name="client">${kinds}</select></label>
<button>${words.phone.change}</button></form>`;
}

function choice(value: string, label: string, chosen: string): Markup {
  return value === chosen
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}

function scanner(store: Store, phone: Phone, words: Words): Markup {
  const waiting = listOpenQrs(store)
    .toReversed()
    .map((qr) => waitingQr(qrContent(store, qr), phone, words));
  return html`<section><h2>${words.phone.scan}</h2>
<p class="muted small">${waiting.length > 0 ? words.phone.waiting : words.phone.noWaiting}</p>
<ul class="plain">${waiting}</ul>
<form method="get" action="/_sandbox/phone/scan" class="row">${phoneFields(phone)}
<label class="grow">${words.phone.address}<input name="address" required autocomplete="off" placeholder="${words.phone.addressHint}"></label>
<button>${words.phone.scanAddress}</button></form></section>`;
}

function waitingQr(content: string, phone: Phone, words: Words): Markup {
  const code = new URL(content).searchParams.get("code") ?? "";
  return html`<li><form method="get" action="/_sandbox/phone/scan" class="row">${phoneFields(phone)}
<input type="hidden" name="address" value="${content}"><code>…${code.slice(-6)}</code><button>${words.phone.scanThis}</button></form></li>`;
}

function phoneFields(phone: Phone): Markup {
  return html`<input type="hidden" name="person" value="${phone.userid}"><input type="hidden" name="client" value="${phone.client}">`;
}

function messageList(messages: Message[], words: Words): Markup {
  if (messages.length === 0) return html`<p class="muted small">${words.phone.noMessages}</p>`;
  const items = messages.toReversed().map((message) => {
    return html`<li class="message"><time class="small muted">${new Date(message.at).toLocaleTimeString()}</time>
<pre>${JSON.stringify(message.msg, null, 1)}</pre></li>`;
  });
  return html`<ul class="plain">${items}</ul>`;
}
