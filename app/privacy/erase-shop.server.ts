import type { PrivacyRequest } from "#app/generated/prisma/client";
import type { ShopId, Tx } from "#app/db/tx";
import { forgetJobs } from "#app/queue/jobs-of-shop.server";
import type { Step } from "./erase.server";

const DELETED_AT_ONCE = 2_000;

/**
 * One batch of what is left of a shop. Only a look at everything that finds nothing is the end: what was still under way
 * when the request came may have written behind our back.
 */
export async function eraseShop(tx: Tx, { shopId, reached }: PrivacyRequest): Promise<Step> {
  const parts = await partsOf(tx, shopId);
  const start = Math.max(
    0,
    parts.findIndex(({ name }) => name === reached),
  );
  for (const { name, deleteSome } of parts.slice(start)) {
    const rows = await deleteSome();
    if (rows > 0) return { rows, reached: name };
  }
  if (start > 0) return { rows: 0, reached: null };
  const nothing = { name: "", email: "", country: "", gid: null, planName: "" };
  await tx.shop.update({ where: { id: shopId }, data: nothing });
  return { rows: 0, reached: null, isDone: true };
}

type Part = { name: string; deleteSome: () => Promise<number> };

async function partsOf(tx: Tx, shopId: ShopId): Promise<Part[]> {
  const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const tables = (await tenantTables(tx)).map((name) => ({
    name,
    deleteSome: () => deleteRows(tx, shopId, name),
  }));
  return [
    ...tables,
    { name: "jobs", deleteSome: () => forgetJobs(tx, shopId, "privacy.erase", DELETED_AT_ONCE) },
    { name: "webhooks", deleteSome: () => deleteWebhooks(tx, domain) },
  ];
}

/** Children before their parents: a parent's row would take any number of theirs with it at once. */
async function tenantTables(tx: Tx): Promise<string[]> {
  const tables = await tx.$queryRaw<{ name: string }[]>`
    WITH RECURSIVE tenant AS (
      SELECT c.oid, c.relname FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'shopId' AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    ), below AS (
      SELECT oid, 0 AS depth FROM tenant
      UNION
      SELECT k.conrelid, below.depth + 1 FROM below
      JOIN pg_constraint k ON k.confrelid = below.oid AND k.contype = 'f' AND k.conrelid <> k.confrelid
    )
    SELECT relname::text AS name FROM below JOIN tenant USING (oid)
    GROUP BY relname ORDER BY max(depth) DESC, relname`;
  return tables.map(({ name }) => name);
}

/** That the shop was redacted is kept; every other request goes with the rest. */
function deleteRows(tx: Tx, shopId: ShopId, table: string): Promise<number> {
  const kept = table === "PrivacyRequest" ? `AND kind <> 'shop_redact'` : "";
  return tx.$executeRawUnsafe(
    `DELETE FROM "${table}" WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM "${table}" WHERE "shopId" = $1 ${kept} LIMIT ${DELETED_AT_ONCE})) AND "shopId" = $1`,
    shopId,
  );
}

/** Waits for those that are being handled: what they have written is found by another look. */
function deleteWebhooks(tx: Tx, domain: string): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "WebhookInbox" WHERE "shopDomain" = ${domain} AND "webhookId" IN (
      SELECT "webhookId" FROM "WebhookInbox" WHERE "shopDomain" = ${domain} AND topic <> 'shop/redact'
      LIMIT ${DELETED_AT_ONCE})`;
}
