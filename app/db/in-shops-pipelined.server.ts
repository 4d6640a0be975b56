import type { Pool, PoolClient } from "pg";
import { batching, isDoubtful } from "./batch.server";
import { decidersPool, pool } from "./pool.server";
import type { ShopId } from "./tx";

/** What `work` gives back: its result, and its last queries, to be sent together with the commit. */
export type Worked<T> = { result: T; send: () => Promise<unknown> };

/**
 * One transaction for decisions of several shops: a commit for each of ten thousand shops would cost more than all the
 * rest. It runs as a role that sees rows of these shops only, in the tables that decisions depend on, and may add
 * decisions; every query in it names the shop of each row besides (row-level security is the second line).
 *
 * What is asked in one turn is one packet, and so is its answer (batch.server.ts), so that opening and committing the
 * transaction cost no round trips of their own. If one of the queries sent last fails, Postgres skips the COMMIT behind
 * it, and the failure is thrown.
 */
export async function inShopsPipelined<T>(
  shopIds: ShopId[],
  work: (client: PoolClient) => Promise<Worked<T>>,
): Promise<T> {
  return onPipelinedClient(decidersPool, async (client) => {
    const shops = [...new Set(shopIds)].join(",");
    const [, { result, send }] = await allOrThrow(
      open(client, "postlude_decider", "app.shop_ids", shops),
      work(client),
    );
    await allOrThrow(send(), client.query("COMMIT"));
    return result;
  });
}

/**
 * Reads or small writes of one shop that come again and again: what they ask for before they first wait leaves in one
 * packet, and each statement is planned once per connection. So a text must not be put together from values: those go as
 * parameters. Writes are done whole or not at all.
 *
 * @param work sends queries side by side rather than one after the other; done again where a migration came between
 */
export async function inShopPipelined<T>(
  shopId: ShopId,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const once = () =>
    onPipelinedClient(pool, async (client) => {
      const bound = open(client, "postlude_app", "app.shop_id", String(shopId));
      const [, result] = await allOrThrow(bound, work(client));
      await client.query("COMMIT");
      return result;
    });
  return once().catch((error: unknown) => {
    if (!isOutdated(error)) throw error;
    return once();
  });
}

/** Lends a connection whose queries go in batches, and ends its transaction where `work` fails. */
async function onPipelinedClient<T>(from: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await from.connect();
  let broken: Error | undefined;
  try {
    return await work(batching(client));
  } catch (error) {
    await client.query("ROLLBACK").catch((rollback: Error) => (broken = rollback));
    if (isOutdated(error) || isDoubtful(client)) broken ??= error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A migration changed a table: on this connection the statement fails for good. */
function isOutdated(error: unknown): boolean {
  return (error as { code?: string }).code === "0A000";
}

/**
 * Statements here look a few rows up by an index. Planning them anew costs more than running them, and a plan made while
 * tables were small must not read them whole once they have grown.
 */
function open(client: PoolClient, role: string, setting: string, shops: string): Promise<unknown> {
  return Promise.all([
    client.query("BEGIN"),
    client.query({
      text: `SELECT set_config('role', $1, true), set_config($2, $3, true),
               set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
               set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
               set_config('enable_bitmapscan', 'off', true)`,
      values: [role, setting, shops],
    }),
  ]);
}

/** Waits for both, so that nothing is still on the wire, then throws what went wrong first. */
async function allOrThrow<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
