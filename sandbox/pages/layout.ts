import { html, raw } from "hono/html";
import { browserFile } from "../browser";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { type Store } from "../store";
import { type Words } from "./words";

export type Markup = ReturnType<typeof html>;

type PageContent = {
  words: Words;
  title: string;
  body: Markup;
  kind: "wide" | "panel" | "frame" | "phone";
  isFrameable?: boolean;
};

/** A complete page in the sandbox's style. Pages of kind "frame" may be framed, others only if they say so. */
export function renderPage(c: SandboxContext, page: PageContent): Response | Promise<Response> {
  if (page.kind !== "frame" && !page.isFrameable) c.header("content-security-policy", "frame-ancestors 'none'");
  c.header("cache-control", "no-store");
  return c.html(html`<!doctype html>
<html lang="${page.words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${page.title} · ${page.words.sandbox}</title>
<link rel="icon" href="data:,">
<style>${raw(browserFile("base.css") + browserFile("parts.css"))}</style>
</head>
<body class="${page.kind}"><main>${page.body}</main></body>
</html>`);
}

export function inlineScript(...texts: string[]): Markup {
  return html`<script>${raw(texts.join("\n"))}</script>`;
}

/** A short note on what is special about a person, or null. */
export function noteOf(store: Store, person: Person, words: Words): string | null {
  if (person.membership !== "member") return words.notes[person.membership];
  if (!person.active) return words.notes.disabled;
  if (store.settings.contactScope.withoutPeople.includes(person.userid)) return words.notes.hidden;
  return person.admin ? words.notes.admin : null;
}

/** A button whose accessible name is the person's name; the note or the title is its description. */
export function personButton(store: Store, person: Person, words: Words): Markup {
  const note = noteOf(store, person, words) ?? person.title ?? "";
  const describedBy = `about-${person.userid}`;
  return html`<li class="person"><button name="person" value="${person.userid}" aria-describedby="${describedBy}">${person.name}</button>
<span class="small muted" id="${describedBy}">${note}</span></li>`;
}

/** The seeded people. A crowd that a test adds would make the list too long. */
export function shownPeople(store: Store): Person[] {
  return store.people.all().slice(0, 40);
}
