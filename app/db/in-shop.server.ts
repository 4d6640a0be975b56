import type { PoolClient } from "pg";
import { pool, prisma } from "./pool.server";
import type { ShopId, Tx } from "./tx";

const TRANSACTION = { maxWait: 5_000, timeout: 20_000 };

/**
 * Runs `work` in one transaction that sees and changes rows of one shop only. Row-level security enforces it even
 * where a query forgets its `where`.
 * @param timeout in milliseconds; longer only for what keeps nobody waiting
 */
export async function inShop<T>(
  shopId: ShopId,
  work: (tx: Tx) => Promise<T>,
  timeout = TRANSACTION.timeout,
): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      await bindToShop(tx, shopId);
      return work(tx);
    },
    { ...TRANSACTION, timeout },
  );
}

/** Binds the rest of an open transaction to one shop; for the one that creates the shop. */
export async function bindToShop(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`SELECT set_config('role', 'postlude_app', true), set_config('app.shop_id', ${String(shopId)}, true)`;
}

/** `inShop` for hot paths: raw `pg` instead of Prisma, same pool, same row-level security. */
export async function inShopRaw<T>(shopId: ShopId, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    await client.query(
      "SELECT set_config('role', 'postlude_app', true), set_config('app.shop_id', $1, true)",
      [String(shopId)],
    );
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollback: Error) => (broken = rollback));
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Reads due rows over all shops, for sweeps. Read-only and limited to the tables granted to `postlude_sweeper`;
 * the work itself then happens inside one shop at a time with `inShop`.
 */
export async function acrossShops<T>(read: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('role', 'postlude_sweeper', true)`;
    return read(tx);
  }, TRANSACTION);
}
