import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Keys } from "./consent.server";
import type { Channel } from "./contact";

export type Address = { channel: Channel; address: string };

/** Never contact this address again on this channel: `hard-bounce`, `soft-bounces`, `complaint`, `stop`, `redaction`, `staff`. */
export async function suppress(
  tx: Tx,
  shopId: ShopId,
  { channel, address, reason, now }: Address & { reason: string; now: Date },
  { secret }: Keys,
): Promise<void> {
  const hash = addressHash(secret, shopId, address);
  await tx.suppression.createMany({
    data: [{ shopId, channel, addressHash: hash, reason, createdAt: now }],
    skipDuplicates: true,
  });
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
 * before keeps that one; then the consent says it.
 */
export async function hasSaidStop(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Address,
  { secret }: Keys,
): Promise<boolean> {
  const whose = { shopId, channel, addressHash: addressHash(secret, shopId, address) };
  if ((await tx.suppression.count({ where: { ...whose, reason: "stop" } })) > 0) return true;
  const consent = await tx.consent.findUnique({ where: { shopId_channel_addressHash: whose } });
  if (consent?.state !== "unsubscribed") return false;
  const word = { state: "unsubscribed", source: "stop", happenedAt: consent.changedAt } as const;
  return (await tx.consentEvent.count({ where: { ...whose, ...word } })) > 0;
}

export async function isSuppressed(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Address,
  { secret }: Keys,
): Promise<boolean> {
  const hash = addressHash(secret, shopId, address);
  return (await tx.suppression.count({ where: { shopId, channel, addressHash: hash } })) > 0;
}
