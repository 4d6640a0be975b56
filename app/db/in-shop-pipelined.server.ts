import type { Socket } from "node:net";
import type { PoolClient } from "pg";
import { pool } from "./pool.server";
import type { ShopId } from "./tx";

/** pg 8.23 reads this flag before each query; its types do not know it yet, nor the socket. */
type Pipelining = PoolClient & { pipeline: boolean; connection: { stream: Socket } };

/** What `work` gives back: its result, and its last queries, to be sent together with the commit. */
export type Worked<T> = { result: T; send: () => Promise<unknown> };

/**
 * `inShopRaw` for the hottest path: queries are sent without waiting for the answers of those before, so that opening
 * and committing the transaction cost no round trips of their own. If one of the queries sent last fails, Postgres
 * turns the COMMIT behind it into a rollback, and the failure is thrown.
 */
export async function inShopPipelined<T>(
  shopId: ShopId,
  work: (client: PoolClient) => Promise<Worked<T>>,
): Promise<T> {
  const client = (await pool.connect()) as Pipelining;
  let broken: Error | undefined;
  client.pipeline = true;
  try {
    const [, { result, send }] = await inOneWrite(client, () =>
      allOrThrow(open(client, shopId), work(client)),
    );
    await inOneWrite(client, () => allOrThrow(send(), client.query("COMMIT")));
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollback: Error) => (broken = rollback));
    throw error;
  } finally {
    client.pipeline = false;
    client.release(broken);
  }
}

function open(client: PoolClient, shopId: ShopId): Promise<unknown> {
  return Promise.all([
    client.query("BEGIN"),
    client.query({
      name: "bind-to-shop",
      // Every statement here is prepared and simple: planning it anew costs more than running it.
      text: `SELECT set_config('role', 'postlude_app', true), set_config('app.shop_id', $1, true),
               set_config('plan_cache_mode', 'force_generic_plan', true)`,
      values: [String(shopId)],
    }),
  ]);
}

/** What `send` sends before it first waits leaves in one packet: a system call costs more than a query's text. */
function inOneWrite<T>({ connection: { stream } }: Pipelining, send: () => T): T {
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** Waits for both, so that nothing is still on the wire, then throws what went wrong first. */
async function allOrThrow<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
