import { afterAll, beforeAll, describe } from "vitest";
import { findPostgres, type Postgres, startPostgres } from "../e2e/postgres";

/** The address is set before the first hook of the tests; an empty one stands for the embedded database. */
type Settings = { DATABASE_URL: string };

/** Runs the same tests on the embedded database and on PostgreSQL. */
export function onBothEngines(tests: (settings: Settings) => void): void {
  describe("on the embedded database", () => tests({ DATABASE_URL: "" }));
  onPostgres(tests);
}

/** Runs tests on a PostgreSQL server of their own, where this machine has one. */
export function onPostgres(tests: (settings: Settings) => void): void {
  const installed = findPostgres();
  describe.runIf(installed)("on PostgreSQL", () => {
    const settings = { DATABASE_URL: "" };
    let postgres: Postgres | undefined;
    beforeAll(async () => {
      if (installed) postgres = await startPostgres(installed);
      settings.DATABASE_URL = postgres?.url ?? "";
    }, 120_000);
    tests(settings);
    afterAll(() => postgres?.stop());
  });
}
