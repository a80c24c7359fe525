import { measureCalls } from "./calls";
import { measureCpu } from "./cpu";
import { measureDirectory } from "./directory";
import { type Figures } from "./goals";
import { measureGrowth } from "./growth";
import { measureLeavers } from "./leavers";
import { measureMemory } from "./memory";
import { measureOwnTime } from "./own-time";
import { measurePages } from "./pages";
import { measureRest } from "./rest";
import { measureRush } from "./rush";
import { type Setup } from "./setup";
import { measureSlowPhone } from "./slow-phone";
import { measureSteady } from "./steady";
import { measureTaps } from "./taps";
import { startOurs, type Target } from "./targets";
import { growthFigures, rushFigures, slowPhoneFigures } from "./to-figures";
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
  rush: (setup) =>
    withOurs(setup, async ({ sandbox }, ours) => rushFigures(await measureRush({ sandbox, ours })), {
      DINGTALK_MAX_QPS: "20",
    }),
  phone: (setup) =>
    withOurs(setup, async ({ sandbox }, ours) => slowPhoneFigures(await measureSlowPhone({ sandbox, ours }))),
  growth: async (setup) => growthFigures(await measureGrowth({ ...setup, databaseUrl: setup.options.databaseUrl })),
  leavers: measureLeavers,
  pages: measurePages,
  directory: measureDirectory,
  weight: measureWeight,
} satisfies Record<string, (setup: Setup) => Promise<Figures>>;

type MeasureWithOurs = (setup: Setup, ours: Target) => Promise<Figures>;

async function withOurs(
  setup: Setup,
  measure: MeasureWithOurs,
  settings: Record<string, string> = {},
): Promise<Figures> {
  const ours = await startOurs(setup.options, settings);
  const figures = await measure(setup, ours);
  await ours.stop();
  return figures;
}
