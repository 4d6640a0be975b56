import type { ShopId, Tx } from "#app/db/tx";
import type { Person } from "./person-data";

/** Bodies are read in full: few enough that a batch takes a moment. */
const READ_AT_ONCE = 1_000;

/**
 * Empties the kept webhooks that speak of a person, one batch of all that the shop has, in the order of their ids. They are
 * found by text: ids stand in bodies as gids and as numbers, addresses as they are. One that still waits is handled first,
 * and its body not kept (erased.server.ts): the person's rows must be redacted before this.
 * @param after the webhook with which the batch before ended; "" to begin
 * @returns how many were emptied, and with which webhook the batch ended: null where none was left
 */
export async function emptyInboxOf(
  tx: Tx,
  shopId: ShopId,
  person: Person,
  after: string,
): Promise<{ rows: number; last: string | null }> {
  const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const number = (gid: string) => gid.slice(gid.lastIndexOf("/") + 1);
  const traces = [
    ...person.emails,
    ...person.phones,
    ...person.customers.flatMap((gid) => [`/Customer/${number(gid)}"`, `"customer_id":${number(gid)}`]),
    ...person.orders.flatMap((gid) => [`/Order/${number(gid)}"`, `"order_id":${number(gid)},`]),
  ];
  const patterns = traces.map((trace) => `%${trace.replace(/[\\%_]/g, "\\$&")}%`);
  const [batch] = await tx.$queryRaw<[{ rows: number; last: string | null }]>`
    WITH batch AS (
      SELECT "webhookId" FROM "WebhookInbox" WHERE "shopDomain" = ${domain} AND "webhookId" > ${after}
      ORDER BY "webhookId" LIMIT ${READ_AT_ONCE}
    ), emptied AS (
      UPDATE "WebhookInbox" w SET body = '', error = NULL,
        status = CASE WHEN status = 'done' THEN status ELSE 'ignored'::"InboxStatus" END
      FROM batch
      WHERE w."shopDomain" = ${domain} AND w."webhookId" = batch."webhookId" AND w.status <> 'pending'
        AND w."webhookId" > ${after} AND w."webhookId" <= (SELECT max("webhookId") FROM batch)
        AND w.body ILIKE ANY (${patterns}::text[])
      RETURNING w."webhookId"
    )
    SELECT (SELECT count(*)::int FROM emptied) AS rows, (SELECT max("webhookId") FROM batch) AS last`;
  return batch;
}
