import { addressHash } from "#app/db/seal";
import { lastWordIsStop, LIFTABLE, type Keys } from "#app/contact-policy/contact-policy.server";
import { plainPhone } from "#app/contact-policy/contact";
import { Prisma } from "#app/generated/prisma/client";
import type { ShopId, Tx } from "#app/db/tx";
import { plainAddress } from "./escape";
import type { StopReason } from "./stop-reasons";

/**
 * The addresses that get nothing, or no marketing, and why. They are kept as hashes: an address is told only where one of
 * our messages or the customer still holds it, and never of who was erased, also while that is still being worked off.
 */
export type StoppedAddress = {
  channel: string;
  hash: string;
  /** Null where nothing holds it any more, or the person was erased. */
  address: string | null;
  /** "unsubscribed": from marketing; all others stop everything. */
  reason: StopReason;
  since: Date;
};

export type StoppedQuestion = {
  /** Null: all. */
  reason: StopReason | null;
  /** What the merchant looks for; null: all. */
  address: string | null;
  /** The last row of the page before. */
  before: { at: Date; key: string } | null;
  limit: number;
};

export type StoppedList =
  | { status: "found"; addresses: StoppedAddress[]; more: boolean }
  /** Neither an e-mail address nor a number with its country: there is no hash to look for. */
  | { status: "no-address" };

type Row = Omit<StoppedAddress, "address"> & { recipient: string | null; customerGid: string | null };

/** Newest first. */
export async function stoppedAddresses(
  tx: Tx,
  shopId: ShopId,
  { reason, address, before, limit }: StoppedQuestion,
  keys: Keys,
): Promise<StoppedList> {
  const plain = address === null ? null : (plainAddress(address) ?? plainPhone(address));
  if (address !== null && !plain) return { status: "no-address" };
  const hash = plain && addressHash(keys.secret, shopId, plain);
  const page = Prisma.sql`
    (${reason}::text IS NULL OR reason = ${reason}) AND (${hash}::text IS NULL OR "addressHash" = ${hash})
    AND (${before?.at ?? null}::timestamptz IS NULL
      OR (since, channel || '.' || "addressHash") < (${before?.at ?? null}::timestamptz, ${before?.key ?? null}))
    ORDER BY since DESC, channel || '.' || "addressHash" DESC LIMIT ${limit + 1}`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT l.channel, l."addressHash" AS hash, l.reason, l.since, c."customerGid",
      (SELECT m.recipient FROM "Message" m
        WHERE m."shopId" = ${shopId} AND m."recipientHash" = l."addressHash" AND m.recipient IS NOT NULL
        ORDER BY m.id DESC LIMIT 1) AS recipient
    FROM (
      (SELECT * FROM (${suppressed(shopId)}) s WHERE ${page})
      UNION ALL
      (SELECT * FROM (${unsubscribed(shopId)}) u WHERE ${page})
    ) l
    LEFT JOIN "Consent" c
      ON c."shopId" = ${shopId} AND c.channel = l.channel AND c."addressHash" = l."addressHash"
    ORDER BY l.since DESC, l.channel || '.' || l."addressHash" DESC LIMIT ${limit + 1}`;
  const shown = await withAddresses(tx, shopId, rows.slice(0, limit), keys);
  return { status: "found", addresses: shown, more: rows.length > limit };
}

/** A number that bounced and then said STOP stays a bounce in its row; the STOP is what must not be lifted, and is told. */
function suppressed(shopId: ShopId): Prisma.Sql {
  const saidStop = lastWordIsStop({
    shopId: Prisma.sql`s."shopId"`,
    channel: Prisma.sql`s.channel`,
    addressHash: Prisma.sql`s."addressHash"`,
  });
  return Prisma.sql`
    SELECT s.channel, s."addressHash", s."createdAt" AS since,
      CASE WHEN s.reason IN (${Prisma.join(LIFTABLE)}) AND ${saidStop} THEN 'stop' ELSE s.reason END AS reason
    FROM "Suppression" s WHERE s."shopId" = ${shopId} AND s."liftedAt" IS NULL`;
}

/** Those who get no marketing, as far as they are not stopped altogether. */
function unsubscribed(shopId: ShopId): Prisma.Sql {
  return Prisma.sql`
    SELECT c.channel, c."addressHash", c."changedAt" AS since, 'unsubscribed' AS reason
    FROM "Consent" c WHERE c."shopId" = ${shopId} AND c.state = 'unsubscribed' AND NOT EXISTS (
      SELECT FROM "Suppression" s WHERE s."shopId" = ${shopId} AND s.channel = c.channel
        AND s."addressHash" = c."addressHash" AND s."liftedAt" IS NULL)`;
}

/** Whoever unsubscribed in Shopify may never have got a message from us: then the customer's own address is looked at. */
async function withAddresses(
  tx: Tx,
  shopId: ShopId,
  rows: Row[],
  { secret }: Keys,
): Promise<StoppedAddress[]> {
  const gids = rows.flatMap(({ recipient, customerGid }) => (recipient ? [] : (customerGid ?? [])));
  const customers = await tx.customer.findMany({
    where: { shopId, gid: { in: gids } },
    select: { email: true, phone: true },
  });
  const known = customers.flatMap(({ email, phone }) => [email, phone]).filter((one) => one !== null);
  const byHash = new Map(known.map((address) => [addressHash(secret, shopId, address), address]));
  return rows.map(({ recipient, customerGid: _whose, ...row }) => ({
    ...row,
    address: row.reason === "redaction" ? null : (recipient ?? byHash.get(row.hash) ?? null),
  }));
}
