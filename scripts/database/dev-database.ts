import { addressOfRunningCluster, startCluster } from "./cluster.ts";

/** The database of the demo and of day-to-day development. */
export const DEV_DATABASE = "postlude";

/**
 * The address of the database to work with: DATABASE_URL where it is set, else a database in the
 * embedded server, which this starts. `started` tells whether this call started the server.
 */
export async function ensureDevDatabase(database = DEV_DATABASE): Promise<{ url: string; started: boolean }> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, started: false };
  const cluster = await startCluster();
  await cluster.ensureDatabase(database);
  return { url: cluster.url(database), started: cluster.started };
}

/** The address of the development database while the embedded server runs; starts nothing. */
export function runningDevDatabase(): string | undefined {
  return addressOfRunningCluster(DEV_DATABASE);
}
