import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Keys } from "./consent.server";
import type { ConsentState } from "./contact";
import type { Address } from "./suppression.server";

/**
 * What START restores: what the person last said beside STOP. Shopify tells our own STOP back to us, in whole seconds; that is
 * no word of its own.
 * @returns "not_subscribed" where nothing was said
 */
export async function stateBeforeStop(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Address,
  { secret }: Keys,
): Promise<ConsentState> {
  const hash = addressHash(secret, shopId, address);
  const [last] = await tx.$queryRaw<{ state: ConsentState }[]>`
    SELECT state::text AS state FROM "ConsentEvent" e
    WHERE "shopId" = ${shopId} AND channel = ${channel} AND "addressHash" = ${hash} AND source <> 'stop'
      AND NOT (source = 'shopify' AND state = 'unsubscribed' AND EXISTS (
        SELECT FROM "ConsentEvent" stop
        WHERE stop."shopId" = ${shopId} AND stop.channel = ${channel} AND stop."addressHash" = ${hash}
          AND stop.source = 'stop'
          AND date_trunc('second', stop."happenedAt") = date_trunc('second', e."happenedAt")))
    ORDER BY "happenedAt" DESC, id DESC LIMIT 1`;
  return last?.state ?? "not_subscribed";
}
