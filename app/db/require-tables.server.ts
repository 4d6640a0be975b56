import type { ClientBase, Pool } from "pg";
import { pool } from "./pool.server";

/** @throws where the database was never migrated: every request would fail, and nobody be told why */
export async function requireTables(database: Pool | ClientBase = pool): Promise<void> {
  const { rows } = await database.query<{ shops: string | null }>(
    `SELECT to_regclass('"Shop"')::text AS shops`,
  );
  if (rows[0]?.shops) return;
  throw new Error(
    "The database has no tables yet. Run `npm run migrate` with the same DATABASE_URL, then start again.",
  );
}
