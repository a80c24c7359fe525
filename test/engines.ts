import { afterAll, beforeAll, describe } from "vitest";
import { findPostgres, type Postgres, startPostgres } from "../e2e/postgres";

type Settings = { DATABASE_URL: string };

/** Runs the same tests on the embedded database and, where this machine has one, on a PostgreSQL server of their own. */
export function onBothEngines(tests: (settings: Settings) => void): void {
  describe("on the embedded database", () => tests({ DATABASE_URL: "" }));
  describe.runIf(findPostgres())("on PostgreSQL", () => {
    const settings = { DATABASE_URL: "" };
    let postgres: Postgres | undefined;
    beforeAll(async () => {
      const installed = findPostgres();
      if (installed) postgres = await startPostgres(installed);
      settings.DATABASE_URL = postgres?.url ?? "";
    }, 120_000);
    tests(settings);
    afterAll(() => postgres?.stop());
  });
}
