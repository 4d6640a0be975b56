import pg from "pg";
import { startCluster } from "../scripts/database/cluster.ts";
import { applyMigrations } from "../scripts/database/migrations.ts";

/**
 * A new, migrated database for one benchmark, with synchronous commit on (the embedded server has it off): a row
 * counts when it would survive a power cut. Uses DATABASE_URL when it is set. Returns its address.
 */
export async function benchDatabase(name: string): Promise<string> {
  const url = new URL(process.env.DATABASE_URL ?? (await makeDatabase(`postlude_bench_${name}`)));
  url.searchParams.set("options", "-c synchronous_commit=on");
  await applyMigrations(url.href);
  return url.href;
}

async function makeDatabase(database: string): Promise<string> {
  const cluster = await startCluster();
  await cluster.dropDatabase(database);
  await cluster.ensureDatabase(database);
  return cluster.url(database);
}

/** Tells Postgres what the tables hold now. */
export async function analyse(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}
