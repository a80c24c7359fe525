import { html } from "hono/html";
import { type Person } from "../company/person";
import { type SandboxContext } from "../context";
import { renderPage } from "../pages/layout";
import { personButton, shownPeople } from "../pages/person-mark";
import { wordsFor } from "../pages/words";
import { type QrCode } from "../records";
import { type Store } from "../store";

/** The phone belongs to nobody yet: whose finger is it? */
export function whoPage(c: SandboxContext, store: Store, qr: QrCode) {
  const words = wordsFor(c);
  const people = shownPeople(store).map((person) => personButton(store, person, words));
  const body = html`<h1>${words.phone.whoScans}</h1>
<form method="get" action="/oauth2/qr_confirm.htm"><input type="hidden" name="code" value="${qr.value}"><ul class="people">${people}</ul></form>`;
  return renderPage(c, { words, title: words.phone.whoScans, body, kind: "phone" });
}

/** What the DingTalk app shows after a scan: which application asks, and two buttons of one size. */
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
