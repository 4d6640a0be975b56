import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "#app/env.server";
import { PrismaClient } from "#app/generated/prisma/client";
import { log } from "#app/log.server";

/** Money is 64 bits wide in the tables and a number in the code: exact up to 2^53, which no amount reaches. */
const INT8 = 20;
const types = {
  getTypeParser: ((oid, format) =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/**
 * Of each process, for all but decisions. Prisma and the hot paths (raw `pg`) share it. A new connection costs 20 ms, and as much
 * again until it has planned its statements, so a few stay open: most of what is read anew of a shop finds one of them.
 */
export const pool = openPool({ max: env().DATABASE_POOL, min: 2 });

/** Groups of decisions that a process works on at the same time (app/api/grouped.server.ts). */
export const DECIDERS = 2;

/** They have connections of their own: a group must not get a new one because what is read anew of a shop took the other. */
export const decidersPool = openPool({ max: DECIDERS, min: DECIDERS });

/** For locks that are held while their holder asks Shopify and `pool` (hold-lock.server.ts). Opened as they are needed. */
export const locksPool = openPool({ max: 4 });

/** @param limits most connections, and how many stay open while they are idle */
function openPool(limits: { max: number; min?: number }): pg.Pool {
  const opened = new pg.Pool({
    ...limits,
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: 5_000,
    // A firewall must not forget what rests for minutes.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    types,
  });
  // A connection that dies while idle must not take the process with it; the pool opens another.
  opened.on("error", (error) => log.warn({ error: error.message }, "idle database connection lost"));
  return opened;
}

export const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });

export async function closeDatabase(): Promise<void> {
  await prisma.$disconnect();
  await Promise.all([pool.end(), decidersPool.end(), locksPool.end()]);
}

/** True for errors that mean "the database is away", as opposed to "the query is wrong". */
export function isDatabaseAway(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code;
  const message = error instanceof Error ? error.message : "";
  return (
    (typeof code === "string" &&
      /^(ECONN|ENOTFOUND|EPIPE|57P0|08|53300|P1001|P1002|P1008|P1017|P2024)/.test(code)) ||
    /timeout exceeded when trying to connect|Connection terminated|Can't reach database/.test(message)
  );
}
