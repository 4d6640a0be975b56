import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";

/** The advisory lock that Prisma Migrate takes: two starters, or one of us and Prisma, wait for each other. */
const PRISMA_LOCK = 72707369;
const MIGRATIONS = resolve(import.meta.dirname, "../../prisma/migrations");
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

type Migration = { name: string; sql: string; checksum: string };
type Applied = { migration_name: string; checksum: string; finished_at: Date | null };

/**
 * Applies `prisma/migrations` in order and returns the names of those that were new.
 * It keeps Prisma's own table, so `prisma migrate deploy|status|dev` agree with it, and needs no
 * Prisma CLI: a production image does without. Each migration is one transaction.
 * Throws when a migration fails, failed earlier, or was edited after it had been applied.
 */
export async function applyMigrations(databaseUrl: string, folder = MIGRATIONS): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(BOOKKEEPING);
    const checksums = await appliedChecksums(client);
    const added: string[] = [];
    for (const migration of await readMigrations(folder)) {
      const known = checksums.get(migration.name);
      if (known === undefined) {
        await apply(client, migration);
        added.push(migration.name);
      } else if (known !== migration.checksum) {
        throw new Error(`Migration ${migration.name} was edited after it had been applied.`);
      }
    }
    return added;
  } finally {
    await client.end();
  }
}

/** Changes whenever a migration does: names a database that was made from exactly these files. */
export async function migrationsDigest(folder = MIGRATIONS): Promise<string> {
  const hash = createHash("sha256");
  for (const { name, checksum } of await readMigrations(folder)) hash.update(`${name} ${checksum}\n`);
  return hash.digest("hex").slice(0, 12);
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<Applied>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const failed = rows.find((row) => row.finished_at === null);
  if (failed) {
    throw new Error(
      `Migration ${failed.migration_name} failed earlier. Mend it, then run: ` +
        `npx prisma migrate resolve --rolled-back ${failed.migration_name}`,
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration) {
  const id = randomUUID();
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)", [
    id,
    checksum,
    name,
  ]);
  try {
    // One simple query: PostgreSQL parses the whole file itself and runs it as one transaction.
    await client.query(sql);
  } catch (error) {
    const { message } = error as Error;
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, message]);
    throw new Error(`Migration ${name}: ${message}`, { cause: error });
  }
  await client.query(
    "UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1",
    [id],
  );
}
