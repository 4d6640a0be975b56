import { locksPool } from "./pool.server";

/**
 * Runs `work` while no other process runs it for the same key; who comes later waits. The lock is held while `work`
 * waits for others and for the database, so it rests on a connection of `locksPool`: on those of `pool`, as many
 * holders as there are connections would leave none for what they do themselves.
 * @param purpose with the key names the lock, e.g. "token-refresh"
 */
export async function holdLock<T>(purpose: string, key: string, work: () => Promise<T>): Promise<T> {
  const connection = await locksPool.connect();
  let broken: Error | undefined;
  try {
    await connection.query("SELECT pg_advisory_lock(hashtext($1), hashtext($2))", [purpose, key]);
    return await work();
  } finally {
    await connection
      .query("SELECT pg_advisory_unlock(hashtext($1), hashtext($2))", [purpose, key])
      .catch((error: Error) => (broken = error));
    // Postgres frees the lock of a connection that is closed.
    connection.release(broken);
  }
}
