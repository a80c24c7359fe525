import { prepare } from "./prepare.mjs";
import { run } from "./processes.mjs";

// npm run test:power-cut -- [seed]: one hundred power cuts instead of the twenty of `npm test`.
const [seed] = process.argv.slice(2);
await prepare({ build: false });
const env = { ...process.env, POWER_CUTS: "100", ...(seed && { POWER_CUT_SEED: seed }) };
process.exitCode = await run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "test/power-cut.test.ts"], {
  env,
});
