import { rm } from "node:fs/promises";
import { startCluster } from "../database/cluster.ts";
import { applyMigrations } from "../database/migrations.ts";
import { databaseName, stateDirectory, type DemoSettings } from "./settings.ts";

/** The demo's database, migrated: the caller's, DATABASE_URL, or our own. `started`: we started the server. */
export async function prepareDatabase(settings: DemoSettings): Promise<{ url: string; started: boolean }> {
  const given = settings.databaseUrl ?? process.env.DATABASE_URL;
  const cluster = given ? undefined : await startCluster();
  const name = databaseName(settings);
  await cluster?.ensureDatabase(name);
  const url = given ?? cluster!.url(name);
  await applyMigrations(url);
  return { url, started: cluster?.started ?? false };
}

/** Forgets everything a demo has: its database, the demo store's state and the logs. */
export async function resetDemo(settings: DemoSettings): Promise<void> {
  if (process.env.DATABASE_URL) {
    throw new Error("DATABASE_URL is set: the demo does not empty a database that it did not make.");
  }
  await (await startCluster()).dropDatabase(databaseName(settings));
  await rm(stateDirectory(settings), { recursive: true, force: true });
}
