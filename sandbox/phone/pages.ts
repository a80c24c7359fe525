import { html } from "hono/html";
import { type Person } from "../company/people";
import { requestOrigin, type SandboxContext } from "../http";
import { listOpenQrs, qrContent } from "../login/qr";
import { messagesOf } from "../oapi/messages";
import { type Markup, personButton, renderPage, shownPeople } from "../pages/layout";
import { type Words, wordsFor } from "../pages/words";
import { type Message, type QrCode } from "../records";
import { type Store } from "../store";
import { clientNames, clients } from "../user-agents";
import { type Device } from "../webview/device";

/** The home screen of the phone: its owner and client, the scanner, the workbench and the work notifications. */
export function phonePage(c: SandboxContext, store: Store, phone: Device) {
  const words = wordsFor(c);
  const body = html`<h1>${words.phone.title}</h1>
${ownerForm(store, phone, words)}
${scanSection(
  listOpenQrs(store).map((qr) => qrContent(requestOrigin(c), qr)),
  phone,
  words,
)}
<section><h2>${words.phone.workbench}</h2>
<form method="get" action="/_sandbox/phone/open" class="actions">${phoneFields(phone)}<button class="primary">${words.phone.open}</button></form></section>
<section><h2>${words.phone.messages}</h2>${messageList(messagesOf(store, phone.userid), words)}</section>`;
  return renderPage(c, { words, title: words.phone.title, body, kind: "phone" });
}

/** Asks who scans, when the phone's address names no person. */
export function scannerPage(c: SandboxContext, store: Store, qr: QrCode) {
  const words = wordsFor(c);
  const people = shownPeople(store).map((person) => personButton(store, person, words));
  const body = html`<h1>${words.phone.whoScans}</h1>
<form method="get" action="/oauth2/qr_confirm.htm"><input type="hidden" name="code" value="${qr.value}"><ul class="people">${people}</ul></form>`;
  return renderPage(c, { words, title: words.phone.whoScans, body, kind: "phone" });
}

/** What the DingTalk app shows after a scan: the application that asks, and two buttons of one size. */
export function confirmPage(c: SandboxContext, qr: QrCode, person: Person) {
  const words = wordsFor(c);
  const app = new URL(qr.redirectUri).host;
  const body = html`<h1>${words.phone.confirmTitle}</h1>
<p class="who"><span class="avatar" aria-hidden="true">${person.name.slice(0, 1)}</span>${person.name}</p>
<p class="muted">${words.login.wants(app)}</p>
<form method="post" action="/oauth2/qr_confirm" class="actions">
<input type="hidden" name="code" value="${qr.value}"><input type="hidden" name="person" value="${person.userid}">
<button class="primary" name="decision" value="confirm">${words.phone.confirm}</button>
<button name="decision" value="cancel">${words.phone.cancel}</button>
</form>`;
  return renderPage(c, { words, title: words.phone.confirmTitle, body, kind: "phone" });
}

export function notePage(c: SandboxContext, text: string) {
  const words = wordsFor(c);
  const body = html`<h1>${text}</h1><p><a href="/_sandbox/phone">${words.phone.back}</a></p>`;
  return renderPage(c, { words, title: text, body, kind: "phone" });
}

function ownerForm(store: Store, phone: Device, words: Words): Markup {
  const people = shownPeople(store).map((person) => option(person.userid, person.name, phone.userid));
  const kinds = clients.map((client) => option(client, clientNames[client], phone.client));
  return html`<form method="get" action="/_sandbox/phone" class="row">
<label>${words.phone.holder}<select name="person">${people}</select></label>
<label>${words.phone.client}<select name="client">${kinds}</select></label>
<button>${words.phone.change}</button></form>`;
}

function option(value: string, label: string, selected: string): Markup {
  return value === selected
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}

function scanSection(contents: string[], phone: Device, words: Words): Markup {
  const waiting = contents.toReversed().map((content) => waitingQr(content, phone, words));
  return html`<section><h2>${words.phone.scan}</h2>
<p class="muted small">${waiting.length > 0 ? words.phone.waiting : words.phone.noWaiting}</p>
<ul class="plain">${waiting}</ul>
<form method="get" action="/_sandbox/phone/scan" class="row">${phoneFields(phone)}
<label class="grow">${words.phone.address}<input name="address" required autocomplete="off" placeholder="${words.phone.addressHint}"></label>
<button>${words.phone.scanAddress}</button></form></section>`;
}

function waitingQr(content: string, phone: Device, words: Words): Markup {
  const code = new URL(content).searchParams.get("code") ?? "";
  return html`<li><form method="get" action="/_sandbox/phone/scan" class="row">${phoneFields(phone)}
<input type="hidden" name="address" value="${content}"><code>…${code.slice(-6)}</code><button>${words.phone.scanThis}</button></form></li>`;
}

function phoneFields(phone: Device): Markup {
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
