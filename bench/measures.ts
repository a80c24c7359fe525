import { measureCalls } from "./calls";
import { measureCpu } from "./cpu";
import { type Figures } from "./goals";
import { measureMemory } from "./memory";
import { measureOwnTime } from "./own-time";
import { measureRest } from "./rest";
import { type Setup } from "./setup";
import { measureSteady } from "./steady";
import { measureTaps } from "./taps";
import { measureWaiting } from "./waiting";
import { measureWeight } from "./weight";

/** Every measure of a run, in this order. Each starts the servers that it needs and stops them. */
export const measures = {
  calls: measureCalls,
  own: measureOwnTime,
  rest: measureRest,
  cpu: measureCpu,
  taps: measureTaps,
  waiting: measureWaiting,
  memory: measureMemory,
  steady: measureSteady,
  weight: measureWeight,
} satisfies Record<string, (setup: Setup) => Promise<Figures>>;
