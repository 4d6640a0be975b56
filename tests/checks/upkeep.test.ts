/** What Postgres does by itself on the tables that every decision writes stays light (docs/decisions/0016). */
import { expect, test } from "vitest";
import { withClient } from "../database/server";

test("a new column of them does not bring ANALYZE back to its usual size", async () => {
  const heavy = await withClient(process.env.DATABASE_URL!, async (client) => {
    const { rows } = await client.query(`
      SELECT attrelid::regclass AS table, attname AS column FROM pg_attribute
      WHERE attrelid IN ('"Decision"'::regclass, '"Placement"'::regclass) AND attnum > 0 AND NOT attisdropped
        AND coalesce(attstattarget, -1) NOT BETWEEN 0 AND 20`);
    return rows;
  });
  expect(heavy).toEqual([]);
});

test("VACUUM of them leaves the disk to commits", async () => {
  const options = await withClient(process.env.DATABASE_URL!, async (client) => {
    const { rows } = await client.query<{ options: string[] }>(
      `SELECT reloptions AS options FROM pg_class WHERE relname IN ('Decision', 'Placement') AND relkind = 'r'`,
    );
    return rows.map((row) => row.options);
  });
  expect(options).toHaveLength(2);
  for (const one of options) expect(one).toContain("autovacuum_vacuum_cost_delay=20");
});
