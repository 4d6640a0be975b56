import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Keys } from "./consent.server";
import type { Channel } from "./contact";

type Whose = { channel: Channel; address: string };

/** A person says whether they want one type of message on one channel. The last word counts. */
export async function setPreference(
  tx: Tx,
  shopId: ShopId,
  { channel, address, messageType, wanted, now }: Whose & { messageType: string; wanted: boolean; now: Date },
  { secret }: Keys,
): Promise<void> {
  const key = { shopId, addressHash: addressHash(secret, shopId, address), messageType, channel };
  await tx.messagePreference.upsert({
    where: { shopId_addressHash_messageType_channel: key },
    create: { ...key, wanted, changedAt: now },
    update: { wanted, changedAt: now },
  });
}

/** Message types with the person's choice; a type that is not listed was never chosen and is wanted. */
export async function preferencesOf(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Whose,
  { secret }: Keys,
): Promise<Map<string, boolean>> {
  const rows = await tx.messagePreference.findMany({
    where: { shopId, addressHash: addressHash(secret, shopId, address), channel },
    select: { messageType: true, wanted: true },
  });
  return new Map(rows.map((row) => [row.messageType, row.wanted]));
}
