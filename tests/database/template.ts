import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type pg from "pg";
import { applyMigrations, migrationsDigest } from "../../scripts/database/migrations";
import { setTestEnvironment } from "../environment";
import { databaseUrl, exists, withClient } from "./server";

/** Any number will do, as long as nobody else takes it on a test server. */
const TEMPLATE_LOCK = 4711_0001;
const QUEUE_SOURCES = ["app/queue/jobs.ts", "app/queue/queue.server.ts"];

/**
 * Makes sure that a migrated, empty database stands ready to be cloned, and returns its name.
 * The name carries a digest of what went into it, so that it is made once and made anew when that changes.
 */
export async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = `postlude_template_${await digest()}`;
  await withClient(serverUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    if (await exists(client, name)) return;
    // Built under another name: a template that exists is complete, even after a crash at this point.
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft}`);
    await fill(databaseUrl(serverUrl, draft));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  });
  return name;
}

/** Migrates, and lets the app make its queues, so that no test pays for it. */
async function fill(url: string) {
  await applyMigrations(url);
  const before = process.env.DATABASE_URL;
  setTestEnvironment();
  process.env.DATABASE_URL = url;
  const { startQueue, stopQueue } = await import("#app/queue/queue.server");
  const { closeDatabase } = await import("#app/db/pool.server");
  await startQueue("web");
  await stopQueue();
  await closeDatabase();
  if (before === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = before;
}

async function digest(): Promise<string> {
  const hash = createHash("sha256").update(await migrationsDigest());
  for (const path of QUEUE_SOURCES) hash.update(await readFile(path));
  return hash.digest("hex").slice(0, 12);
}

/** Removes templates of earlier migrations; only safe while no other test run is at work. */
export async function dropOldTemplates(client: pg.Client, current: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname LIKE 'postlude\\_template\\_%' AND datname <> $1",
    [current],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
}
