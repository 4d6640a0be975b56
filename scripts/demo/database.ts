import { rm } from "node:fs/promises";
import { startCluster, stopClusterIfIdle } from "../database/cluster.ts";
import { applyMigrations } from "../database/migrations.ts";
import { databaseName, stateDirectory, type DemoSettings } from "./settings.ts";

/** The demo's database, migrated: the caller's, DATABASE_URL, or our own in the embedded server. */
export async function prepareDatabase(settings: DemoSettings): Promise<string> {
  const url = givenDatabase(settings) ?? (await makeDatabase(settings));
  await applyMigrations(url);
  return url;
}

/** Ends the embedded server if the demo used it and nobody else does. */
export async function releaseDatabase(settings: DemoSettings): Promise<void> {
  if (!givenDatabase(settings)) await stopClusterIfIdle();
}

function givenDatabase(settings: DemoSettings): string | undefined {
  return settings.databaseUrl ?? process.env.DATABASE_URL;
}

async function makeDatabase(settings: DemoSettings): Promise<string> {
  const cluster = await startCluster();
  await cluster.ensureDatabase(databaseName(settings));
  return cluster.url(databaseName(settings));
}

/** Forgets everything a demo has: its database, the demo store's state and the logs. */
export async function resetDemo(settings: DemoSettings): Promise<void> {
  if (process.env.DATABASE_URL) {
    throw new Error("DATABASE_URL is set: the demo does not empty a database that it did not make.");
  }
  await (await startCluster()).dropDatabase(databaseName(settings));
  await rm(stateDirectory(settings), { recursive: true, force: true });
}
