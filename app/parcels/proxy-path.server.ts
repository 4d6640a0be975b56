import type { ShopId, Tx } from "#app/db/tx";
import { enqueue } from "#app/queue/queue.server";
import type { AdminClient } from "#app/shops/admin-client";

/**
 * Where on the shop's domain we are. Merchants may rename it; mails and pages follow what is stored here, and blocks in the
 * theme read it from a metafield of the app's own: `app.metafields.postlude.proxy_path` in Liquid.
 */
const METAFIELD = { namespace: "postlude", key: "proxy_path", type: "single_line_text_field" };

/** @param path as `PROXY_PATH` has it. Nothing happens where it is known already. */
export async function noteProxyPath(tx: Tx, shopId: ShopId, path: string): Promise<void> {
  const { count } = await tx.shop.updateMany({
    where: { id: shopId, proxyPath: { not: path } },
    data: { proxyPath: path },
  });
  if (count > 0) await enqueue(tx, "parcels.tell-theme", { shopId });
}

const INSTALLATION = `#graphql
  query AppInstallation {
    currentAppInstallation { id }
  }`;

const SET = `#graphql
  mutation SetProxyPath($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      userErrors { message code }
    }
  }`;

/**
 * Writes the path where blocks of the theme read it. May be repeated.
 * @throws where Shopify could not be reached or refuses; the job is then tried again
 */
export async function tellTheme(admin: AdminClient, path: string): Promise<void> {
  type Installation = { currentAppInstallation: { id: string } };
  const { currentAppInstallation } = await admin.query<Installation>(INSTALLATION);
  const metafields = [{ ...METAFIELD, ownerId: currentAppInstallation.id, value: path }];
  type Answer = { metafieldsSet: { userErrors: { message: string }[] } };
  const { metafieldsSet } = await admin.query<Answer>(SET, { metafields });
  const [refusal] = metafieldsSet.userErrors;
  if (refusal) throw new Error(`Shopify refused the path of the app proxy: ${refusal.message}`);
}
