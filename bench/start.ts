import { z } from "zod";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { summarize } from "./statistics";
import { startOurs, type TargetOptions } from "./targets";

const starts = 5;

/** Measures how long the app takes to open a database that exists already, by its own log. The app must not run. */
export async function measureStarts({ options, times }: Setup): Promise<Figures> {
  const seconds: number[] = [];
  for (let turn = 0; turn < times(starts); turn += 1) seconds.push((await timeStart(options)) / 1000);
  const spread = summarize(seconds);
  return { "start.database": { value: spread.median, parts: { ours: spread } } };
}

const readyLine = z.object({ msg: z.literal("ready"), databaseMs: z.number() });

async function timeStart(options: TargetOptions): Promise<number> {
  let output = "";
  const onOutput = (text: string) => {
    output += text;
  };
  const app = await startOurs(options, {}, { onOutput });
  await app.stop();
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  const ready = lines.flatMap((line) => readyLine.safeParse(JSON.parse(line)).data ?? []);
  if (!ready[0]) throw new Error("The app's log has no line that says how long the database took.");
  return ready[0].databaseMs;
}
