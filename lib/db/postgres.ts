import { type Database, migrationsFolder, statementLogger } from "./database";
import { keepPrepared } from "./prepared-postgres";
import * as schema from "./schema";

/** An arbitrary number, the same in every process of this app: one process holds the lock and migrates while the others wait. */
const migrationLock = 727_274;

/** Opens and migrates a PostgreSQL server, which several processes of this app may share. */
export async function openPostgres(url: string, migrations = migrationsFolder): Promise<Database> {
  const [{ default: postgres }, { drizzle }] = await Promise.all([
    import("postgres"),
    import("drizzle-orm/postgres-js"),
  ]);
  await migratePostgres(url, migrations);
  const pool = postgres(url, { max: 10, connect_timeout: 10, onnotice: () => {} });
  keepPrepared(pool);
  return {
    kind: "postgres",
    db: drizzle(pool, { schema, logger: statementLogger }),
    listen: (channel, receive) => pool.listen(channel, receive),
    close: () => pool.end({ timeout: 5 }),
  };
}

/** A session lock belongs to one connection, so migrating uses one of its own. */
async function migratePostgres(url: string, migrations: string): Promise<void> {
  const [{ default: postgres }, { drizzle }, { migrate }] = await Promise.all([
    import("postgres"),
    import("drizzle-orm/postgres-js"),
    import("drizzle-orm/postgres-js/migrator"),
  ]);
  const connection = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await connection`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(connection), { migrationsFolder: migrations });
  } finally {
    await connection.end();
  }
}
