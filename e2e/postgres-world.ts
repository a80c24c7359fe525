import postgres from "postgres";
import { test as base } from "./fixtures";
import { findPostgres, startPostgres } from "./postgres";
import { startWorld, type World } from "./world";

const installed = findPostgres();

export const withoutPostgres = installed === null;

/** An app with a PostgreSQL of its own. */
export const test = base.extend<object, { sharedWorld: World }>({
  sharedWorld: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      if (!installed) throw new Error("There is no PostgreSQL.");
      const database = await startPostgres(installed);
      const world = await startWorld({ DATABASE_URL: database.url });
      await use(world);
      await world.stop();
      await database.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

/** Runs statements on the app's database. */
export async function connectAndRun({ settings }: World, statements: string[]): Promise<void> {
  const connection = postgres(settings.DATABASE_URL ?? "", { max: 1 });
  for (const statement of statements) await connection.unsafe(statement);
  await connection.end();
}
