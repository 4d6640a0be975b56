/** `npm run migrate`: brings the database (DATABASE_URL, else the embedded one) up to date. */
import { ensureDevDatabase } from "./database/dev-database.ts";
import { applyMigrations } from "./database/migrations.ts";

try {
  const added = await applyMigrations(await ensureDevDatabase());
  console.log(added.length === 0 ? "The database is up to date." : `Applied: ${added.join(", ")}`);
} catch (error) {
  console.error(`The database could not be brought up to date: ${describe(error)}`);
  process.exitCode = 1;
}

/** Where a host has several addresses, the error of trying them says nothing by itself. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join("; ");
  return error instanceof Error ? error.message : String(error);
}
