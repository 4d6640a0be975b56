/** `npm run migrate`: brings the database (DATABASE_URL, else the embedded one) up to date. */
import { ensureDevDatabase } from "./database/dev-database.ts";
import { applyMigrations } from "./database/migrations.ts";

const url = await ensureDevDatabase();
const added = await applyMigrations(url);
console.log(added.length === 0 ? "The database is up to date." : `Applied: ${added.join(", ")}`);
