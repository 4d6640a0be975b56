import type { PoolClient } from "pg";
import { pool } from "./pool.server";
import type { ShopId } from "./tx";

/** pg 8.23 reads this flag before each query; its types do not know it yet. */
type Pipelining = PoolClient & { pipeline: boolean };

/**
 * `inShopRaw` for the hottest path: queries are sent without waiting for the answers of those before, so that opening
 * the transaction costs no round trip of its own. `work` must await all its queries.
 */
export async function inShopPipelined<T>(
  shopId: ShopId,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = (await pool.connect()) as Pipelining;
  let broken: Error | undefined;
  client.pipeline = true;
  try {
    const opened = Promise.all([
      client.query("BEGIN"),
      client.query({
        name: "bind-to-shop",
        text: "SELECT set_config('role', 'postlude_app', true), set_config('app.shop_id', $1, true)",
        values: [String(shopId)],
      }),
    ]);
    const [result] = await allOrThrow([work(client), opened]);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollback: Error) => (broken = rollback));
    throw error;
  } finally {
    client.pipeline = false;
    client.release(broken);
  }
}

/** Waits for both, so that nothing is still on the wire, then throws what went wrong first. */
async function allOrThrow<A, B>(promises: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const settled = await Promise.allSettled(promises);
  // The transaction's opening comes first: if it failed, that is the reason for the rest.
  for (const one of [settled[1], settled[0]]) if (one.status === "rejected") throw one.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as [A, B];
}
