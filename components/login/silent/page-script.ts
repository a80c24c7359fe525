import { forgetSignIn } from "../loop-guard";
import { draw, onAgain } from "./draw";
import { reportSilentFailure, runSilentEffect, type SilentMemory } from "./effects";
import { elementIds, type SilentSettings } from "./settings";
import { isSilentFailure, nextSilentState, type SilentEvent, type SilentState } from "./state";

/** The script of the sign-in page inside DingTalk: it runs the silent sign-in without any framework. */
const settings: SilentSettings = JSON.parse(document.getElementById(elementIds.settings)?.textContent ?? "");
const memory: SilentMemory = {};
let state: SilentState = settings.first;
let stop = runEffect();

onAgain(() => {
  forgetSignIn();
  memory.error = undefined;
  send("start");
});

/** Applied after the present step, so that an effect may send while it starts. */
function send(event: SilentEvent): void {
  queueMicrotask(() => apply(event));
}

function apply(event: SilentEvent): void {
  const next = nextSilentState(state, event);
  if (next === state) return;
  stop();
  state = next;
  draw(state, settings, memory);
  if (isSilentFailure(state)) reportSilentFailure(state, memory);
  stop = runEffect();
}

function runEffect(): () => void {
  return runSilentEffect(state, { settings, memory, send });
}
