import { parseArgs } from "node:util";
import { z } from "zod";
import { measures } from "./measures";
import { type DatabaseName } from "./runs";

/** `only` null means every measure. A `scale` below 1 repeats everything less often, to try the benchmark itself. */
export type BenchOptions = { only: string[] | null; databases: DatabaseName[]; scale: number };

const names = Object.keys(measures);

const usage = `npm run bench -- [--only ${names.join(",")}] [--database embedded|postgres] [--scale 0.1]`;

const schema = z.object({
  only: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(z.enum(names)))
    .optional(),
  database: z.enum(["embedded", "postgres"]).optional(),
  scale: z.coerce.number().positive().max(1).default(1),
});

/** Reads the command's options. Throws an error with the usage when one is wrong. */
export function readOptions(words: string[]): BenchOptions {
  try {
    const string = { type: "string" } as const;
    const { values } = parseArgs({ args: words, options: { only: string, database: string, scale: string } });
    const { only = null, database, scale } = schema.parse(values);
    return { only, databases: database ? [database] : ["embedded", "postgres"], scale };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error;
    throw new Error(`${reason}\n\n${usage}`);
  }
}
