/** The tenant is in every key, and row-level security holds where a query forgets it (design rule 5). */
import { expect, test } from "vitest";
import { withClient } from "../database/server";

/** Tables that exist before the tenant is known, or that are not ours. */
const WITHOUT_TENANT = [
  "Shop",
  "Session",
  "InstallationKey",
  "WebhookInbox",
  "SharedModel",
  "_prisma_migrations",
];

type Row = Record<string, string>;

function query(sql: string): Promise<Row[]> {
  return withClient(
    process.env.DATABASE_URL!,
    async (client) => (await client.query<Row>(sql, [WITHOUT_TENANT])).rows,
  );
}

test("every table carries the shop", async () => {
  const tables = await query(`
    SELECT c.relname AS table FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
      AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shopId' AND a.attnotnull)`);
  expect(tables).toEqual([]);
});

test("every primary and unique key starts with the shop", async () => {
  const keys = await query(`
    SELECT c.relname AS table, i.relname AS key FROM pg_index x
    JOIN pg_class c ON c.oid = x.indrelid
    JOIN pg_class i ON i.oid = x.indexrelid
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
    WHERE x.indisunique AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND c.relname <> ALL ($1) AND a.attname IS DISTINCT FROM 'shopId'`);
  expect(keys).toEqual([]);
});

test("every foreign key contains the shop", async () => {
  const keys = await query(`
    SELECT k.conrelid::regclass AS table, k.conname AS key FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL ($1)
      AND NOT EXISTS (
        SELECT 1 FROM pg_attribute a
        WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname = 'shopId')`);
  expect(keys).toEqual([]);
});

test("every table of a tenant has row-level security, enabled and forced, with a policy", async () => {
  const tables = await query(`
    SELECT c.relname AS table, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity
        AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant'))`);
  expect(tables).toEqual([]);
});

test("the app's roles cannot pass row-level security by", async () => {
  const roles = await withClient(process.env.DATABASE_URL!, async (client) => {
    const sql = `SELECT rolname FROM pg_roles
      WHERE rolname IN (current_user, 'postlude_app', 'postlude_sweeper', 'postlude_decider') AND (rolsuper OR rolbypassrls)`;
    return (await client.query(sql)).rows;
  });
  expect(roles).toEqual([]);
});

test("the role that decides for several shops sees every table through a policy of its own, and adds decisions only", async () => {
  const open = await query(`
    SELECT c.relname AS table FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND has_table_privilege('postlude_decider', c.oid, 'SELECT') AND c.relname <> ALL ($1)
      AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'decider')`);
  expect(open).toEqual([]);
  const writable = await query(`
    SELECT c.relname AS table FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL ($1)
      AND has_table_privilege('postlude_decider', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    ORDER BY 1`);
  expect(writable.map(({ table }) => table)).toEqual(["Decision", "Placement"]);
});
