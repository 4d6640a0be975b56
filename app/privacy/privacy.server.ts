import { suppress } from "#app/contact-policy/contact-policy.server";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { PrivacyRequest } from "#app/generated/prisma/client";
import { findPerson, type PersonRequest } from "./find-person.server";
import { PERSON_DATA, whereOf, type Person, type PersonTable } from "./person-data";
import { emptyInboxOf } from "./redact-inbox.server";

/**
 * Privacy: what we hold about a person, and its end. Shopify asks (three webhooks); each request is a row that says
 * when it came, by when it must be done, and when it was. What is redacted cannot be brought back.
 */
export type { PersonRequest } from "./find-person.server";
export type PrivacyPorts = { now: Date; secret: string };

/** Shopify's limit for all three kinds. */
const DAYS_TO_ANSWER = 30;

/**
 * Gathers everything we hold about a person, for the merchant to download and hand over. The request counts as done
 * once it was downloaded.
 */
export async function exportPerson(
  tx: Tx,
  shopId: ShopId,
  request: PersonRequest,
  { now, secret }: PrivacyPorts,
): Promise<void> {
  const person = await findPerson(tx, shopId, request, secret);
  const found: Record<string, unknown[]> = {};
  for (const table of PERSON_DATA) {
    // Requests themselves hold earlier exports: not data about the person of their own.
    if (table.table === "PrivacyRequest") continue;
    const rows = await tx.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
      `SELECT to_jsonb(t) - 'shopId' AS row FROM "${table.table}" t WHERE ${whereOf(table)}`,
      shopId,
      JSON.stringify(person),
    );
    if (rows.length > 0) found[table.table] = rows.map(({ row }) => row);
  }
  await record(tx, shopId, "data_request", request, now, { export: found as object });
}

/**
 * Deletes or anonymises everything about a person, waiting messages and kept webhooks included. Their addresses stay
 * as hashes among the suppressed, so that we never write to them again.
 * @returns how many rows were changed or deleted
 */
export async function redactPerson(
  tx: Tx,
  shopId: ShopId,
  request: PersonRequest,
  { now, secret }: PrivacyPorts,
): Promise<{ rows: number }> {
  const person = await findPerson(tx, shopId, request, secret);
  for (const address of person.emails) {
    await suppress(tx, shopId, { channel: "email", address, reason: "redaction", now }, { secret });
  }
  for (const address of person.phones) {
    await suppress(tx, shopId, { channel: "sms", address, reason: "redaction", now }, { secret });
  }
  // Before the rows: they tell which webhooks speak of the person.
  let rows = await emptyInboxOf(tx, shopId, person);
  for (const table of PERSON_DATA) rows += await redactTable(tx, shopId, table, person);
  await buryCustomers(tx, shopId, person.customers, now);
  await record(tx, shopId, "customer_redact", request, now, { doneAt: now, deletedRows: rows });
  return { rows };
}

/** Deletes every row of a shop. What stays is that the shop was here, and that it was redacted. */
export async function redactShop(
  tx: Tx,
  shopId: ShopId,
  request: { sourceKey: string },
  now: Date,
): Promise<{ rows: number }> {
  const tables = await tx.$queryRaw<{ name: string }[]>`
    SELECT c.table_name AS name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'shopId' AND t.table_type = 'BASE TABLE'`;
  let rows = 0;
  for (const { name } of tables) {
    rows += await tx.$executeRawUnsafe(`DELETE FROM "${name}" WHERE "shopId" = $1`, shopId);
  }
  const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const inbox = await tx.webhookInbox.deleteMany({
    where: { shopDomain: domain, topic: { not: "shop/redact" } },
  });
  await tx.session.deleteMany({ where: { shop: domain } });
  const nothing = { name: "", email: "", country: "", gid: null, planName: "" };
  await tx.shop.update({ where: { id: shopId }, data: { ...nothing, redactedAt: now } });
  rows += inbox.count;
  const nobody = { customerGid: null, email: null, phone: null, orderGids: [], ...request };
  await record(tx, shopId, "shop_redact", nobody, now, { doneAt: now, deletedRows: rows });
  return { rows };
}

/** The requests of a shop, newest first; without the exports. */
export async function privacyRequests(
  tx: Tx,
  shopId: ShopId,
  page: { skip: number; take: number },
): Promise<Omit<PrivacyRequest, "export">[]> {
  return tx.privacyRequest.findMany({
    where: { shopId },
    orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
    omit: { export: true },
    ...page,
  });
}

/** What we hold about the person of a data request, and notes that it was handed out. Null where there is none. */
export async function takeExport(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<object | null> {
  const request = await tx.privacyRequest.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!request?.export) return null;
  await tx.privacyRequest.updateMany({ where: { shopId, id, doneAt: null }, data: { doneAt: now } });
  return request.export as object;
}

async function redactTable(tx: Tx, shopId: ShopId, table: PersonTable, person: Person): Promise<number> {
  const parameters = [shopId, JSON.stringify(person)];
  if (table.redact === "delete") {
    return tx.$executeRawUnsafe(`DELETE FROM "${table.table}" t WHERE ${whereOf(table)}`, ...parameters);
  }
  const set = Object.entries(table.redact).map(([column, sql]) => `"${column}" = ${sql}`);
  if (set.length === 0) return 0;
  return tx.$executeRawUnsafe(
    `UPDATE "${table.table}" t SET ${set.join(", ")} WHERE ${whereOf(table)}`,
    ...parameters,
  );
}

/** A gravestone per customer: late webhooks about them find it and bring nothing back. */
async function buryCustomers(tx: Tx, shopId: ShopId, gids: string[], now: Date): Promise<void> {
  await tx.customer.createMany({
    data: gids.map((gid) => ({ shopId, gid, createdAt: now })),
    skipDuplicates: true,
  });
  await tx.customer.updateMany({ where: { shopId, gid: { in: gids } }, data: { redactedAt: now } });
}

async function record(
  tx: Tx,
  shopId: ShopId,
  kind: "data_request" | "customer_redact" | "shop_redact",
  request: PersonRequest,
  now: Date,
  outcome: { export?: object; doneAt?: Date; deletedRows?: number },
): Promise<void> {
  const dueAt = new Date(now.getTime() + DAYS_TO_ANSWER * 86_400_000);
  await tx.privacyRequest.createMany({
    data: [
      {
        shopId,
        id: newId(now),
        kind,
        sourceKey: request.sourceKey,
        customerGid: kind === "data_request" ? request.customerGid : null,
        receivedAt: now,
        dueAt,
        ...outcome,
      },
    ],
    skipDuplicates: true,
  });
}
