import type pg from "pg";
import { databaseUrl, exists, withClient } from "./server";

/** Empties what a test may have written. The queues themselves and the list of migrations stay. */
const EMPTY_TABLES = `DO $$
DECLARE written text;
BEGIN
  SELECT string_agg(c.oid::regclass::text, ', ') INTO written
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND pg_relation_size(c.oid) > 0
    AND (n.nspname = 'public' AND c.relname <> '_prisma_migrations'
      OR n.nspname = 'pgboss' AND c.relname LIKE 'j%');
  IF written IS NOT NULL THEN
    EXECUTE 'TRUNCATE ' || written || ' RESTART IDENTITY CASCADE';
  END IF;
END $$`;

/** Gives a test file an empty, migrated database: a fresh clone, or the worker's clone emptied. Returns its address. */
export async function takeClone(serverUrl: string, template: string, name: string): Promise<string> {
  const url = databaseUrl(serverUrl, name);
  const isNew = await withClient(serverUrl, async (client) => {
    if (await exists(client, name)) return false;
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    return true;
  });
  if (!isNew) await withClient(url, (client) => client.query(EMPTY_TABLES));
  return url;
}

/** Drops the clones whose name passes the test, and returns the names of those that stay. */
export async function dropClones(client: pg.Client, isMine: (name: string) => boolean): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname LIKE 'postlude\\_test\\_%'",
  );
  const names = rows.map((row) => row.datname);
  for (const name of names.filter(isMine)) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return names.filter((name) => !isMine(name));
}
