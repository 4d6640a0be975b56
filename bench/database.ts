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

/** What docs/configuration.md advises, and room for the longest benchmark between two checkpoints. */
const BUSY_SERVER = {
  max_wal_size: "16GB",
  min_wal_size: "4GB",
  checkpoint_timeout: "30min",
  backend_flush_after: "256kB",
  bgwriter_flush_after: "256kB",
  bgwriter_delay: "50ms",
  bgwriter_lru_maxpages: "1000",
};
/** Megabytes of log that the server writes first, so that its files are there to be used again. */
const LOG_MB = 3_000;

/**
 * Lets the embedded server be like one that has been busy for days, where latency is measured: with room for its log (with 1 GB it
 * would be in a checkpoint all the time, writing whole pages to the log again), and with files of it that can be used again (each new one
 * holds all commits up for 50 ms). A server that DATABASE_URL names is left as it is.
 *
 * @returns what takes the settings back
 */
export async function likeBusyServer(): Promise<() => Promise<void>> {
  if (process.env.DATABASE_URL) return () => Promise.resolve();
  const { superuserUrl } = await startCluster();
  const run = async (statements: string[]) => {
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const names = Object.keys(BUSY_SERVER);
  await run([
    ...Object.entries(BUSY_SERVER).map(([name, value]) => `ALTER SYSTEM SET ${name} = '${value}'`),
    "SELECT pg_reload_conf()",
    `SELECT pg_logical_emit_message(false, 'bench', repeat('x', 1000000)) FROM generate_series(1, ${LOG_MB})`,
    "CHECKPOINT",
  ]);
  return () => run([...names.map((name) => `ALTER SYSTEM RESET ${name}`), "SELECT pg_reload_conf()"]);
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
