import { html } from "hono/html";
import { type Person } from "../company/person";
import { type Store } from "../store";
import { type Markup } from "./layout";
import { type Words } from "./words";

/** What is special about somebody, in a word or two; null for the many who are ordinary. */
export function noteOf(store: Store, person: Person, words: Words): string | null {
  if (person.membership !== "member") return words.notes[person.membership];
  if (!person.active) return words.notes.disabled;
  if (store.settings.contactScope.withoutPeople.includes(person.userid)) return words.notes.hidden;
  return person.admin ? words.notes.admin : null;
}

/** A button that is called by the person's name alone; title and note stand beside it as its description. */
export function personButton(store: Store, person: Person, words: Words): Markup {
  const note = noteOf(store, person, words) ?? person.title ?? "";
  const describedBy = `about-${person.userid}`;
  return html`<li class="person"><button name="person" value="${person.userid}" aria-describedby="${describedBy}">${person.name}</button>
<span class="small muted" id="${describedBy}">${note}</span></li>`;
}

/** The seeded people; a crowd added for a test would bury them. */
export function shownPeople(store: Store): Person[] {
  return store.people.all().slice(0, 40);
}
