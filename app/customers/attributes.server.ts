import type { ShopId, Tx } from "#app/db/tx";

/** Adds facts to a customer, e.g. `{ "answers.nps.recommend": 9 }`; other facts stay. Redacted customers get none. */
export async function addAttributes(
  tx: Tx,
  shopId: ShopId,
  customerGid: string,
  attributes: Record<string, unknown>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Customer" SET attributes = attributes || ${JSON.stringify(attributes)}::jsonb
    WHERE "shopId" = ${shopId} AND gid = ${customerGid} AND "redactedAt" IS NULL`;
}
