import { html, raw } from "hono/html";
import { scriptJson } from "../browser";
import { type SandboxContext } from "../http";
import { inlineScript, personButton, renderPage, shownPeople } from "../pages/layout";
import { wordsFor } from "../pages/words";
import { type Store } from "../store";
import { type SnsRequest } from "./request";

/** The older login page. DingTalk shows a QR code; the sandbox asks at once who signs in. */
export function snsLoginPage(c: SandboxContext, store: Store, page: { action: string; kind: "panel" | "frame" }) {
  const words = wordsFor(c);
  const people = shownPeople(store).map((person) => personButton(store, person, words));
  const body = html`<h1>${words.login.title}</h1>
<form method="post" action="${raw(page.action)}"><ul class="people">${people}</ul></form>`;
  return renderPage(c, { words, title: words.login.title, body, kind: page.kind });
}

/** The last page inside the frame of the older script: it posts the bare loginTmpCode to the parent page. */
export function tmpCodePage(c: SandboxContext, request: SnsRequest, loginTmpCode: string) {
  const words = wordsFor(c);
  const { origin } = new URL(request.redirect_uri);
  const script = `window.parent.postMessage(${scriptJson(loginTmpCode)}, ${scriptJson(origin)});`;
  const body = html`<h1>${words.login.title}</h1><p role="status">${words.login.entering}</p>${inlineScript(script)}`;
  return renderPage(c, { words, title: words.login.title, body, kind: "frame" });
}
