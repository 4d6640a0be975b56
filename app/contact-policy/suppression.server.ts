import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import { Prisma } from "#app/generated/prisma/client";
import type { Keys } from "./consent.server";
import type { Channel } from "./contact";

export type Address = { channel: Channel; address: string };

/**
 * What the merchant may take back: nobody has asked for it. Complaints and STOP are the person's own word, and who was
 * erased must not be written to again.
 */
export const LIFTABLE = ["hard-bounce", "soft-bounces", "staff"];

/**
 * Never contact this address again on this channel: `hard-bounce`, `soft-bounces`, `complaint`, `stop`, `redaction`, `staff`.
 * The first reason stays, but for two that must not be lifted with it: a complaint outweighs all others, an erasure those too.
 */
export async function suppress(
  tx: Tx,
  shopId: ShopId,
  { channel, address, reason, now }: Address & { reason: string; now: Date },
  { secret }: Keys,
): Promise<void> {
  const hash = addressHash(secret, shopId, address);
  await tx.$executeRaw`
    INSERT INTO "Suppression" AS s ("shopId", channel, "addressHash", reason, "createdAt")
    VALUES (${shopId}, ${channel}, ${hash}, ${reason}, ${now})
    ON CONFLICT ("shopId", channel, "addressHash") DO UPDATE SET
      reason = excluded.reason, "createdAt" = excluded."createdAt", "liftedAt" = NULL
    WHERE s."liftedAt" IS NOT NULL
      OR (excluded.reason = 'redaction' AND s.reason <> 'redaction')
      OR (excluded.reason = 'complaint' AND s.reason NOT IN ('complaint', 'redaction'))`;
}

/** An address as a list names it: the address itself is not kept. */
export type KnownAddress = { channel: string; hash: string };

/**
 * Lets us write again where messages bounced. Where the person has also said STOP, that stands: only START ends it.
 * @returns "refused" for what is not the merchant's to lift
 */
export async function liftSuppression(
  tx: Tx,
  shopId: ShopId,
  { channel, hash }: KnownAddress,
  now: Date,
): Promise<{ status: "lifted" | "refused" | "unknown" }> {
  const whose = { shopId, channel, addressHash: hash };
  // Whoever says STOP at this moment is waited for, or finds the row lifted and stops it anew.
  await tx.$queryRaw`
    SELECT 1 FROM "Suppression"
    WHERE "shopId" = ${shopId} AND channel = ${channel} AND "addressHash" = ${hash} FOR UPDATE`;
  const row = await tx.suppression.findUnique({ where: { shopId_channel_addressHash: whose } });
  if (!row || row.liftedAt) return { status: "unknown" };
  if (await isStopped(tx, whose)) return { status: "refused" };
  const { count } = await tx.suppression.updateMany({
    where: { ...whose, reason: { in: LIFTABLE }, liftedAt: null },
    data: { liftedAt: now },
  });
  return { status: count > 0 ? "lifted" : "refused" };
}

/** Takes a lifting back. @returns false where none stands */
export async function stopAgain(tx: Tx, shopId: ShopId, { channel, hash }: KnownAddress): Promise<boolean> {
  const { count } = await tx.suppression.updateMany({
    where: { shopId, channel, addressHash: hash, liftedAt: { not: null } },
    data: { liftedAt: null },
  });
  return count > 0;
}

/** Takes back a suppression that the person themselves can end; others stay. */
export async function unsuppress(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Address,
  reasons: string[],
  { secret }: Keys,
): Promise<void> {
  const hash = addressHash(secret, shopId, address);
  await tx.suppression.deleteMany({
    where: { shopId, channel, addressHash: hash, reason: { in: reasons } },
  });
}

/**
 * Has somebody answered STOP from this number, and not taken it back? A number that was suppressed for another reason
 * before keeps that one; then the proofs of consent say it.
 */
export async function hasSaidStop(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Address,
  { secret }: Keys,
): Promise<boolean> {
  const whose = { shopId, channel, addressHash: addressHash(secret, shopId, address) };
  return isStopped(tx, whose);
}

async function isStopped(
  tx: Tx,
  whose: { shopId: ShopId; channel: string; addressHash: string },
): Promise<boolean> {
  if ((await tx.suppression.count({ where: { ...whose, reason: "stop" } })) > 0) return true;
  const [word] = await tx.$queryRaw<{ isStop: boolean }[]>`
    SELECT ${lastWordIsStop({
      shopId: Prisma.sql`${whose.shopId}`,
      channel: Prisma.sql`${whose.channel}`,
      addressHash: Prisma.sql`${whose.addressHash}`,
    })} AS "isStop"`;
  return word!.isStop;
}

/**
 * SQL: whether STOP was the last word from a number. Only START answers it: what the person says elsewhere (preference page,
 * Shopify, a checkout) is about marketing, and takes no STOP back.
 */
export function lastWordIsStop(of: Record<"shopId" | "channel" | "addressHash", Prisma.Sql>): Prisma.Sql {
  return Prisma.sql`
    coalesce((
      SELECT e.source = 'stop' FROM "ConsentEvent" e
      WHERE e."shopId" = ${of.shopId} AND e.channel = ${of.channel} AND e."addressHash" = ${of.addressHash}
        AND e.source IN ('stop', 'start')
      ORDER BY e."happenedAt" DESC, e.source = 'stop' DESC LIMIT 1), false)`;
}

export async function isSuppressed(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Address,
  { secret }: Keys,
): Promise<boolean> {
  const hash = addressHash(secret, shopId, address);
  return (await tx.suppression.count({ where: { shopId, channel, addressHash: hash, liftedAt: null } })) > 0;
}
