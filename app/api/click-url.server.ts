import { env } from "#app/env.server";
import type { ShopId } from "#app/db/tx";
import { clickPath } from "#app/sponsored/click-token";

/** Where a click on a sponsored offer leads: through us, so that it is counted once. */
export function clickUrl(
  shopId: ShopId,
  placement: { decisionId: string; position: number },
  now: Date,
): string {
  const { ENCRYPTION_KEY, SHOPIFY_APP_URL } = env();
  return SHOPIFY_APP_URL.replace(/\/$/, "") + clickPath(ENCRYPTION_KEY, { shopId, ...placement }, now);
}
