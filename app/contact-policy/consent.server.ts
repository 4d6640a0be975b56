import { addressHash } from "#app/db/seal";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { publish } from "#app/queue/queue.server";
import { mayRaiseConsent, type Channel, type ConsentSource, type ConsentState } from "./contact";

export type ConsentChange = {
  channel: Channel;
  /** E-mail address or phone number; only its keyed hash is kept here. */
  address: string;
  customerGid: string | null;
  state: ConsentState;
  /** Shopify's words: SINGLE_OPT_IN, CONFIRMED_OPT_IN, UNKNOWN. */
  optInLevel?: string | null;
  source: ConsentSource;
  /** The words the person saw. */
  text?: string | null;
  /** When the person changed it, not when we heard of it. */
  changedAt: Date;
  /** The same report told twice (a webhook repeated) has the same key and counts once. */
  sourceKey: string;
};

/** `secret` is the key that addresses are hashed with. */
export type Keys = { secret: string };

export type ConsentResult =
  | { status: "recorded" }
  | { status: "already-recorded" }
  /** Kept as proof, but a newer state stands. */
  | { status: "older" }
  /** Would have subscribed somebody again who had left, without an act of theirs. */
  | { status: "refused" };

/**
 * Records a change of consent: appends the proof, and makes it the current state where it is the newest.
 * A change that did not come from Shopify is told to Shopify (fact `customer.consent-changed`).
 */
export async function recordConsent(
  tx: Tx,
  shopId: ShopId,
  change: ConsentChange,
  { secret }: Keys,
): Promise<ConsentResult> {
  const { channel, customerGid, state, source, changedAt } = change;
  const hash = addressHash(secret, shopId, change.address);
  const current = await currentState(tx, shopId, channel, hash);
  if (current === "unsubscribed" && state === "subscribed" && !mayRaiseConsent(source))
    return { status: "refused" };

  const proof = await tx.consentEvent.createMany({
    data: [
      {
        shopId,
        id: newId(changedAt),
        channel,
        addressHash: hash,
        customerGid,
        state,
        source,
        text: change.text ?? null,
        happenedAt: changedAt,
        sourceKey: change.sourceKey,
      },
    ],
    skipDuplicates: true,
  });
  if (proof.count === 0) return { status: "already-recorded" };

  // At the same moment, leaving wins over staying.
  const changed = await tx.$executeRaw`
    INSERT INTO "Consent" ("shopId", channel, "addressHash", state, "customerGid", "optInLevel", "changedAt")
    VALUES (${shopId}, ${channel}, ${hash}, ${state}::"ConsentState", ${customerGid}, ${change.optInLevel ?? null}, ${changedAt})
    ON CONFLICT ("shopId", channel, "addressHash") DO UPDATE SET
      state = excluded.state,
      "customerGid" = coalesce(excluded."customerGid", "Consent"."customerGid"),
      "optInLevel" = excluded."optInLevel",
      "changedAt" = excluded."changedAt"
    WHERE "Consent"."changedAt" < excluded."changedAt"
      OR ("Consent"."changedAt" = excluded."changedAt" AND excluded.state = 'unsubscribed')`;
  if (changed === 0) return { status: "older" };

  const isNewsForShopify = source !== "shopify" && source !== "import" && state !== current;
  if (isNewsForShopify && customerGid)
    await publish(tx, "customer.consent-changed", { shopId, customerGid, channel });
  return { status: "recorded" };
}

export type Consent = { state: ConsentState; optInLevel: string | null; changedAt: Date };

/** The newest state we know, or null where the address has never said anything. */
export async function consentOf(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: { channel: Channel; address: string },
  { secret }: Keys,
): Promise<Consent | null> {
  return tx.consent.findUnique({
    where: {
      shopId_channel_addressHash: { shopId, channel, addressHash: addressHash(secret, shopId, address) },
    },
    select: { state: true, optInLevel: true, changedAt: true },
  });
}

async function currentState(
  tx: Tx,
  shopId: ShopId,
  channel: Channel,
  hash: string,
): Promise<ConsentState | null> {
  const row = await tx.consent.findUnique({
    where: { shopId_channel_addressHash: { shopId, channel, addressHash: hash } },
    select: { state: true },
  });
  return row?.state ?? null;
}
