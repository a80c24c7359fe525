import path from "node:path";
import { sql } from "drizzle-orm";
import { type Database } from "../lib/db/database";
import { openEmbedded } from "../lib/db/embedded";
import { openPostgres } from "../lib/db/postgres";
import { buildEmployee } from "./dingtalk";

export type Size = { employees: number; sessions: number; events: number };

/** Tickets and codes of one hour. The sweep deletes older ones. */
const hourly = 10_000;

/** Runs one statement. */
type Run = (statement: string) => Promise<unknown>;

/**
 * Fills a migrated database as years of use do: employees of whom a third never signed in, sessions of whom one in ten is live, and
 * audit events, and as a busy hour does, tickets and consumed codes. Then it collects the statistics from which the database chooses its plans.
 */
export async function fillDatabase(run: Run, corpId: string, { employees, sessions, events }: Size): Promise<void> {
  const details = JSON.stringify(buildEmployee("filled")).replaceAll("'", "''");
  await run(`insert into employees (corp_id, user_id, union_id, name, active, search_text, search_version, details, last_signed_in_at)
    select '${corpId}', id, 'union-' || id, 'Name of ' || id, true, 'name of ' || id, 1,
      '${details}'::jsonb || jsonb_build_object('userId', id, 'unionId', 'union-' || id, 'name', 'Name of ' || id),
      case when n % 3 > 0 then now() - make_interval(mins => n) end
    from generate_series(1, ${employees}) n, lateral (select 'filled' || n as id) as ids`);
  await run(`insert into sessions (id_hash, corp_id, user_id, method, ip, user_agent, started_at, last_seen_at, expires_at, ended_at, end_reason)
    select md5(n::text), '${corpId}', 'filled' || 1 + n % ${employees},
      'silent', '198.51.100.7', 'a browser', began, case when is_live then now() else began end, began + interval '7 days',
      case when not is_live then began + interval '1 hour' end, case when not is_live then 'replaced' end
    from generate_series(1, ${sessions}) n,
      lateral (select n % 10 = 0 as is_live) as states,
      lateral (select now() - make_interval(secs => n::float / ${sessions} * (case when is_live then 5 else 80 end) * 86400) as began) as times`);
  await run(`insert into audit_events (at, kind, corp_id, user_id, method, reason, reference, ip, user_agent, request_id)
    select now() - make_interval(secs => (1 - n::float / ${events}) * 300 * 86400), kind, '${corpId}', 'filled' || 1 + n % ${employees}, 'silent',
      case when kind = 'refused' then 'outsider' end, case when kind = 'refused' then upper(left(md5(n::text), 8)) end,
      '198.51.100.7', 'a browser', gen_random_uuid()::text
    from generate_series(1, ${events}) n,
      lateral (select case when n % 1000 = 0 then 'session_ended' when n % 20 = 0 then 'refused'
        when n % 5 = 0 then 'signed_out' else 'signed_in' end as kind) as kinds`);
  await run(`insert into tickets (id_hash, secret_hash, state, number, corp_id, opened_at, expires_at)
    select 'ticket' || n, 'secret' || n, 'waiting', '42', '${corpId}', closes - interval '2 minutes', closes
    from generate_series(1, ${hourly}) n, lateral (select now() + make_interval(secs => 120 - n::float) as closes) as times`);
  await run(`insert into consumed_codes (hash, expires_at)
    select 'code' || n, now() + make_interval(secs => 1200 - n::float) from generate_series(1, ${hourly}) n`);
  for (const table of ["employees", "sessions", "audit_events", "audit_chain", "tickets", "consumed_codes"])
    await run(`analyze ${table}`);
}

/** Where a server that is started later finds its database: a PostgreSQL address, or the folder of the embedded one. */
type Place = { databaseUrl: string } | { dataDir: string };

/** Creates a database for a server that is started later, and fills it. */
export async function createFilledDatabase(place: Place, corpId: string, size: Size): Promise<void> {
  const database = await open(place);
  await fillDatabase(runIn(database), corpId, size);
  await database.close();
}

/** Creates a database of this name on a PostgreSQL server, in place of a former one; returns its address. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const server = await openPostgres(serverUrl);
  await runIn(server)(`drop database if exists ${name}`);
  await runIn(server)(`create database ${name}`);
  await server.close();
  return Object.assign(new URL(serverUrl), { pathname: name }).href;
}

function open(place: Place): Promise<Database> {
  return "databaseUrl" in place ? openPostgres(place.databaseUrl) : openEmbedded(path.join(place.dataDir, "db"));
}

function runIn({ db }: Database): Run {
  return (statement) => db.execute(sql.raw(statement));
}
