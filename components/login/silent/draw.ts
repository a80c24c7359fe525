import { fill } from "@/lib/i18n/fill";
import { type SilentMemory } from "./effects";
import { elementIds, type SilentSettings } from "./settings";
import { isSilentFailure, isSilentStep, type SilentState } from "./state";

/** Draws a state after the first one into the elements of the page. */
export function draw(state: SilentState, { words }: SilentSettings, { wait }: SilentMemory): void {
  const failure = isSilentFailure(state) ? words.failures[state] : null;
  const step = isSilentStep(state) ? words.steps[state] : null;
  setText("title", failure?.title ?? words.heading);
  setText("what", failure?.what ?? null);
  setText("step", step && fill(step, { place: wait?.place ?? "", seconds: wait?.seconds ?? "" }));
  setText("again", failure && state !== "foreign" ? words.again : null);
  find("message")?.remove();
}

/** The button with which a person starts. */
export function onAgain(listener: () => void): void {
  find("again")?.addEventListener("click", listener);
}

/** Hides the element where there is no text. A step's text stands beside its spinner. */
function setText(name: keyof typeof elementIds, text: string | null): void {
  const element = find(name);
  if (!element) return;
  element.hidden = text === null;
  const place = element.querySelector("span:last-child") ?? element;
  // Unchanged text stays untouched, so that a screen reader does not repeat it.
  if (text !== null && place.textContent !== text) place.textContent = text;
}

function find(name: keyof typeof elementIds): HTMLElement | null {
  return document.getElementById(elementIds[name]);
}
