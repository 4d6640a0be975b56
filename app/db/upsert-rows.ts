import type { PoolClient } from "pg";

/**
 * Writes many rows of one tenant table in one statement: the rows travel as one JSON parameter, which costs the driver
 * far less than thousands of placeholders. For imports; single rows go through Prisma.
 */
export type UpsertPlan = {
  table: string;
  /** Column → Postgres type, without "shopId". */
  columns: Record<string, string>;
  /** Columns of the unique key after "shopId". */
  key: string[];
  /** Existing rows: left alone, replaced, or replaced only where the new row's column is later. */
  onConflict: "keep" | "replace" | { replaceWhereLater: string };
  /** SQL that a row `r` must satisfy, e.g. that its parent is there; $1 is the shop. */
  where?: string;
};

export async function upsertRows(
  client: PoolClient,
  shopId: number,
  plan: UpsertPlan,
  rows: Record<string, unknown>[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const result = await client.query(statementOf(plan), [shopId, JSON.stringify(rows)]);
  return result.rowCount ?? 0;
}

function statementOf({ table, columns, key, onConflict, where }: UpsertPlan): string {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const typed = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  return `
    INSERT INTO "${table}" ("shopId", ${names.join(", ")})
    SELECT $1::int, ${names.map((name) => `r.${name}`).join(", ")}
    FROM jsonb_to_recordset($2::jsonb) AS r(${typed.join(", ")})
    ${where ? `WHERE ${where}` : ""}
    ON CONFLICT ("shopId", ${key.map((name) => `"${name}"`).join(", ")}) DO ${conflictAction(table, names, onConflict)}`;
}

function conflictAction(table: string, names: string[], onConflict: UpsertPlan["onConflict"]): string {
  if (onConflict === "keep") return "NOTHING";
  const replaced = names.map((name) => `${name} = excluded.${name}`).join(", ");
  if (onConflict === "replace") return `UPDATE SET ${replaced}`;
  const later = `"${onConflict.replaceWhereLater}"`;
  return `UPDATE SET ${replaced} WHERE "${table}".${later} IS NULL OR "${table}".${later} < excluded.${later}`;
}
