import { html, raw } from "hono/html";
import { browserFile, scriptJson } from "../browser";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { inlineScript, type Markup, personButton, renderPage, shownPeople } from "../pages/layout";
import { type Words, wordsFor } from "../pages/words";
import { type Store } from "../store";
import { type LoginFailure, type LoginProblem, type LoginRequest, type LoginSuccess, toQuery } from "./authorization";

/** DingTalk's text for each problem, in Chinese in every language. The page adds what to do about it. */
const problemTexts = {
  unknownApp: "无效的client_id",
  foreignRedirect: "redirect_uri未授权",
  badParameter: "参数错误",
} as const;

/** DingTalk's error page. Its HTTP status is 200, it has no link, and it may stand in a frame like the page it replaces. */
export function problemPage(c: SandboxContext, problem: LoginProblem | LoginFailure) {
  const words = wordsFor(c);
  const [code, text, hint] =
    "detail" in problem
      ? [problem.code, problemTexts[problem.name], `${words.problems[problem.name]} (${problem.detail})`]
      : [problem.errorCode, problem.errorMsg, ""];
  const body = html`<h1>${words.login.failed}</h1><p lang="zh-CN">${text}</p>
<p class="muted small">${hint}</p><p class="muted small">${words.login.code} <code>${code}</code></p>`;
  const kind = c.req.query("iframe") === "true" ? "frame" : "panel";
  return renderPage(c, { words, title: words.login.failed, body, kind, isFrameable: true });
}

/** The first page of an exclusive login that names no company: it asks for the company's code, here its corpId. */
export function corpCodePage(c: SandboxContext, request: LoginRequest) {
  const words = wordsFor(c);
  const { exclusiveCorpId: _asked, ...rest } = request;
  const fields = Object.entries(rest).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const body = html`<h1>${words.login.exclusiveTitle}</h1>
<form method="get" action="/oauth2/challenge.htm" class="actions">${fields}
<label>${words.login.corpCode}<input name="exclusiveCorpId" required autocomplete="off"></label>
<button class="primary">${words.login.next}</button></form>`;
  return renderPage(c, {
    words,
    title: words.login.exclusiveTitle,
    body,
    kind: request.iframe ? "frame" : "panel",
  });
}

/** challenge.htm: the QR code and, outside a frame, a list of people to sign in as. */
export function challengePage(c: SandboxContext, store: Store, request: LoginRequest) {
  const words = wordsFor(c);
  const isFrame = request.iframe === "true";
  const body = html`<h1 class="${isFrame ? "out-of-sight" : ""}">${words.login.title}</h1>
${qrPanel(words)}
${isFrame ? "" : peopleList(store, request, words)}
${inlineScript(pageVariables(store, request, words), browserFile("frame.js"), browserFile("qr-panel.js"))}`;
  return renderPage(c, { words, title: words.login.title, body, kind: isFrame ? "frame" : "panel" });
}

/** The page for a person who is signed in to DingTalk already: only the consent is missing. */
export function consentPage(c: SandboxContext, request: LoginRequest, person: Person) {
  const words = wordsFor(c);
  const query = toQuery(request);
  const otherAccount = `/oauth2/logout?${new URLSearchParams({ client_id: request.client_id, continue: `/oauth2/auth?${query}` })}`;
  const app = new URL(request.redirect_uri).host;
  const body = html`<h1>${words.login.consentTitle}</h1>
<p class="who"><span class="avatar" aria-hidden="true">${person.name.slice(0, 1)}</span>${person.name}</p>
<p class="muted small">${words.login.consent(app)}</p>
<form method="post" action="/oauth2/consent?${raw(query)}" class="actions">
<button class="primary" name="decision" value="agree">${words.login.agree}</button>
<button name="decision" value="decline">${words.login.decline}</button>
</form>
<p class="small"><a href="${otherAccount}">${words.login.other}</a></p>`;
  return renderPage(c, { words, title: words.login.consentTitle, body, kind: request.iframe ? "frame" : "panel" });
}

/** The last page inside a frame: its script posts the outcome to the parent page. */
export function resultPage(
  c: SandboxContext,
  options: { store: Store; request: LoginRequest; outcome: LoginSuccess | LoginFailure },
) {
  const { store, request, outcome } = options;
  const words = wordsFor(c);
  const text = outcome.success ? words.login.entering : `${outcome.errorMsg} (${outcome.errorCode})`;
  const body = html`<h1>${words.login.title}</h1><p role="status">${text}</p>
${inlineScript(pageVariables(store, request, words), browserFile("frame.js"), `finishLogin(${scriptJson(outcome)});`)}`;
  return renderPage(c, { words, title: words.login.title, body, kind: "frame" });
}

function qrPanel(words: Words): Markup {
  return html`<section class="qr-panel" id="panel" data-state="loading">
<div class="qr"><img id="qr" alt="${words.login.qr}" width="168" height="168" hidden></div>
<p class="small" role="status" id="status">${words.login.scan}</p>
<p class="small"><a id="scan" target="_blank" href="#">${words.login.scanHere}</a>
<button id="refresh" type="button" hidden>${words.login.refresh}</button></p>
</section>`;
}

function peopleList(store: Store, request: LoginRequest, words: Words): Markup {
  const people = shownPeople(store).map((person) => personButton(store, person, words));
  return html`<h2>${words.login.or}</h2>
<form method="post" action="/oauth2/sign_in_as?${raw(toQuery(request))}"><ul class="people">${people}</ul></form>`;
}

function pageVariables(store: Store, request: LoginRequest, words: Words): string {
  const { scan, scanned, expired, entering } = words.login;
  const variables = {
    needLogin: true,
    needConfirm: true,
    isFrame: request.iframe === "true",
    parentOrigin: new URL(request.redirect_uri).origin,
    parameters: toQuery(request),
    noise: store.settings.frameNoise,
    words: { scan, scanned, expired, entering },
  };
  return `window.__LOGIN_PAGE_VARS = ${scriptJson(variables)};`;
}
