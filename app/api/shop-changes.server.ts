import pg from "pg";
import { pool } from "#app/db/pool.server";
import type { ShopId } from "#app/db/tx";
import { env } from "#app/env.server";
import { log } from "#app/log.server";
import { forgetShop, forgetShopMemory } from "./shop-memory.server";

/**
 * What a merchant changes is told to all processes that decide (LISTEN and NOTIFY of Postgres), so that the next shopper meets
 * it, whichever process answers. Where telling fails, what is kept grows old by itself.
 */
const CHANNEL = "postlude_shop_changed";
const RECONNECT_MS = 2_000;

/** After a merchant's change was committed. */
export async function shopChanged(shopId: ShopId): Promise<void> {
  forgetShop(shopId);
  await pool
    .query("SELECT pg_notify($1, $2)", [CHANNEL, String(shopId)])
    .catch((error: Error) => log.warn({ error: error.message }, "a change was not told to other processes"));
}

/** Hears what other processes changed, on a connection of its own, until it is stopped. */
export function hearShopChanges(): { stop: () => Promise<void> } {
  let stopped = false;
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;

  function listenSoon(): void {
    clearTimeout(again);
    if (!stopped) again = setTimeout(() => void listen(), RECONNECT_MS);
  }

  async function listen(): Promise<void> {
    const connection = (client = new pg.Client({ connectionString: env().DATABASE_URL }));
    connection.on("notification", ({ payload }) => forgetShop(Number(payload)));
    connection.on("error", () => {});
    connection.once("end", listenSoon);
    try {
      await connection.connect();
      await connection.query(`LISTEN ${CHANNEL}`);
      // What was told while nobody listened is not known.
      forgetShopMemory();
    } catch (error) {
      log.warn({ error: (error as Error).message }, "changes by other processes are not heard at once");
      await connection.end().catch(() => {});
      listenSoon();
    }
  }

  void listen();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(again);
      await client?.end().catch(() => {});
    },
  };
}
