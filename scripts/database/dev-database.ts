import { addressOfRunningCluster, startCluster } from "./cluster.ts";

/** The database of the demo and of day-to-day development. */
export const DEV_DATABASE = "postlude";

/** The address of the database to work with: DATABASE_URL, else our own in the embedded server, which this starts. */
export async function ensureDevDatabase(): Promise<string> {
  const given = process.env.DATABASE_URL;
  if (given) return given;
  const cluster = await startCluster();
  await cluster.ensureDatabase(DEV_DATABASE);
  return cluster.url(DEV_DATABASE);
}

/** The address of the development database while the embedded server runs; starts nothing. */
export function runningDevDatabase(): string | undefined {
  return addressOfRunningCluster(DEV_DATABASE);
}
