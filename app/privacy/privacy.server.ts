import { suppress } from "#app/contact-policy/contact-policy.server";
import { newId } from "#app/db/id";
import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { PrivacyRequest } from "#app/generated/prisma/client";
import { goOnErasing } from "./erase.server";
import { findPerson, type PersonRequest } from "./find-person.server";
import { PERSON_DATA, whereOf, type Person } from "./person-data";

/**
 * Privacy: what we hold about a person, and its end. Shopify asks (three webhooks); each request is a row that says
 * when it came, by when it must be done, and when it was. What is redacted cannot be brought back. How much there is does
 * not matter: an erasure is begun in one transaction and worked off in many.
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
  // Guests, whom no id names, are found again by the address they asked by when they are erased.
  const askedBy = request.customerGid ? null : (request.email ?? request.phone);
  const guest = askedBy ? { person: { hashes: [addressHash(secret, shopId, askedBy)] } } : {};
  await record(tx, shopId, "data_request", request, now, { export: found as object, ...guest });
}

/**
 * Begins to delete or anonymise everything about a person, waiting messages and kept webhooks included. From now on what is
 * told about them brings nothing back; what is there goes step by step (erase.server.ts). Their addresses stay as hashes among
 * the suppressed, so that we never write to them again.
 * @returns the request's id
 */
export async function redactPerson(
  tx: Tx,
  shopId: ShopId,
  request: PersonRequest,
  { now, secret }: PrivacyPorts,
): Promise<string> {
  const person = await findPerson(tx, shopId, request, secret);
  for (const address of person.emails) {
    await suppress(tx, shopId, { channel: "email", address, reason: "redaction", now }, { secret });
  }
  for (const address of person.phones) {
    for (const channel of ["sms", "whatsapp"] as const)
      await suppress(tx, shopId, { channel, address, reason: "redaction", now }, { secret });
  }
  await buryCustomers(tx, shopId, person.customers, now);
  const askedBy = [...person.emails, ...(request.phone ? [request.phone] : [])];
  const hashes = askedBy.map((address) => addressHash(secret, shopId, address));
  await closeDataRequests(tx, shopId, { customers: person.customers, hashes }, now);
  const id = await record(tx, shopId, "customer_redact", request, now, { person });
  await goOnErasing(tx, shopId, id, now);
  return id;
}

/**
 * Begins to delete every row of a shop that has uninstalled the app. What stays is that the shop was here, and that it was
 * redacted. A shop that has come back keeps its data.
 * @returns the request's id, null where the shop is installed
 */
export async function redactShop(
  tx: Tx,
  shopId: ShopId,
  request: { sourceKey: string },
  now: Date,
): Promise<string | null> {
  const gone = await tx.shop.updateMany({
    where: { id: shopId, status: "uninstalled" },
    data: { redactedAt: now },
  });
  if (gone.count === 0) return null;
  const { domain } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  await tx.session.deleteMany({ where: { shop: domain } });
  const nobody = { customerGid: null, email: null, phone: null, orderGids: [], ...request };
  const id = await record(tx, shopId, "shop_redact", nobody, now, {});
  await goOnErasing(tx, shopId, id, now);
  return id;
}

/** The requests of a shop, newest first; without the exports and whom they are about. */
export async function privacyRequests(
  tx: Tx,
  shopId: ShopId,
  page: { skip: number; take: number },
): Promise<Omit<PrivacyRequest, "export" | "person">[]> {
  return tx.privacyRequest.findMany({
    where: { shopId },
    orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
    omit: { export: true, person: true },
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

/**
 * What was gathered for somebody goes with them. A request that nobody has answered yet is closed: there is nothing left to
 * hand out, and it would stand as overdue for ever. Whom an id names is known by it alone: people who share a phone or an
 * address ask, and are erased, each for themselves.
 */
async function closeDataRequests(
  tx: Tx,
  shopId: ShopId,
  { customers, hashes }: Pick<Person, "customers" | "hashes">,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "PrivacyRequest" SET export = NULL, person = NULL,
      "erasedFirst" = "erasedFirst" OR "doneAt" IS NULL, "doneAt" = coalesce("doneAt", ${now})
    WHERE "shopId" = ${shopId} AND kind = 'data_request'
      AND ("customerGid" = ANY (${customers})
        OR "customerGid" IS NULL AND person -> 'hashes' ?| ${hashes})`;
}

/** A gravestone per customer: late webhooks about them find it and bring nothing back. */
async function buryCustomers(tx: Tx, shopId: ShopId, gids: string[], now: Date): Promise<void> {
  await tx.customer.createMany({
    data: gids.map((gid) => ({ shopId, gid, createdAt: now })),
    skipDuplicates: true,
  });
  await tx.customer.updateMany({ where: { shopId, gid: { in: gids } }, data: { redactedAt: now } });
}

/** @returns the id of the request; of the first where it is told again */
async function record(
  tx: Tx,
  shopId: ShopId,
  kind: "data_request" | "customer_redact" | "shop_redact",
  request: PersonRequest,
  now: Date,
  about: { export?: object; person?: Person | Pick<Person, "hashes"> },
): Promise<string> {
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
        ...about,
      },
    ],
    skipDuplicates: true,
  });
  const shopId_sourceKey = { shopId, sourceKey: request.sourceKey };
  const { id } = await tx.privacyRequest.findUniqueOrThrow({
    where: { shopId_sourceKey },
    select: { id: true },
  });
  return id;
}
