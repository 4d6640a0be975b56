import { setTimeout as sleep } from "node:timers/promises";
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
/** Log files of 16 MB that the server has before a benchmark begins: more than one fills. */
const LOG_FILES = 200;

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
  const names = Object.keys(BUSY_SERVER);
  await onServer(superuserUrl, async (client) => {
    for (const [name, value] of Object.entries(BUSY_SERVER)) {
      await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
    }
    await client.query("SELECT pg_reload_conf()");
  });
  await makeLogFiles(superuserUrl);
  return () =>
    onServer(superuserUrl, async (client) => {
      for (const name of names) await client.query(`ALTER SYSTEM RESET ${name}`);
      await client.query("SELECT pg_reload_conf()");
    });
}

/**
 * Fills the log until it has that many files, then lets all be used again. Not before the settings hold where it is filled: with little
 * room for it a checkpoint would come in between, and the same few files be used again and again.
 */
async function makeLogFiles(superuserUrl: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const isSet = await onServer(superuserUrl, async (client) => {
      const { rows } = await client.query<{ max_wal_size: string }>("SHOW max_wal_size");
      return rows[0]!.max_wal_size === BUSY_SERVER.max_wal_size;
    });
    if (isSet) break;
    if (tries > 100) throw new Error("Postgres did not take the settings of a busy server");
    await sleep(50);
  }
  await onServer(superuserUrl, async (client) => {
    const files = async () =>
      (await client.query<{ files: number }>("SELECT count(*)::int AS files FROM pg_ls_waldir()")).rows[0]!
        .files;
    while ((await files()) < LOG_FILES) {
      await client.query(
        "SELECT pg_logical_emit_message(false, 'bench', repeat('x', 1000000)) FROM generate_series(1, 100)",
      );
    }
    await client.query("CHECKPOINT");
  });
}

async function onServer<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Tells Postgres what the tables hold now. */
export async function analyse(databaseUrl: string): Promise<void> {
  await onServer(databaseUrl, (client) => client.query("ANALYZE"));
}
