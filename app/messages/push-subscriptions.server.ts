import { createHash } from "node:crypto";
import { recordConsent, type Keys } from "#app/contact-policy/contact-policy.server";
import { newId } from "#app/db/id";
import { seal, unseal } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { PushMessage } from "./channels/channel";
import { arePushKeys } from "./channels/push-crypto";

/**
 * Browsers that shoppers let us send notifications to. The browser's own permission is the agreement to news about the
 * order; marketing needs a tick of its own. Subscribing again from the same browser changes its one row.
 */
export type NewSubscription = {
  endpoint: string;
  keys: PushMessage["keys"];
  customerGid: string | null;
  orderGid: string | null;
  locale: string;
  /** The words next to the tick for marketing, where it was set. */
  marketingText: string | null;
  now: Date;
};

const PURPOSE = "push-subscription";

export async function subscribeToPush(
  tx: Tx,
  shopId: ShopId,
  { endpoint, keys: browser, customerGid, orderGid, locale, marketingText, now }: NewSubscription,
  keys: Keys,
): Promise<{ status: "subscribed"; id: string } | { status: "invalid" }> {
  if (!isEndpoint(endpoint) || !arePushKeys(browser)) return { status: "invalid" };
  const endpointHash = hashOf(endpoint);
  const context = `${shopId}:${endpointHash}`;
  const row = {
    endpoint: seal(keys.secret, PURPOSE, endpoint, context),
    keys: seal(keys.secret, PURPOSE, JSON.stringify(browser), context),
    customerGid,
    orderGid,
    locale,
    createdAt: now,
  };
  const { id } = await tx.pushSubscription.upsert({
    where: { shopId_endpointHash: { shopId, endpointHash } },
    create: { shopId, id: newId(now), endpointHash, ...row },
    update: row,
    select: { id: true },
  });
  if (marketingText) {
    const consent = {
      channel: "push",
      address: id,
      customerGid,
      state: "subscribed",
      source: "tracking",
    } as const;
    const told = { text: marketingText, changedAt: now, sourceKey: `push:${id}:${now.getTime()}` };
    await recordConsent(tx, shopId, { ...consent, ...told }, keys);
  }
  return { status: "subscribed", id };
}

/** The browser no longer wants notifications, or no longer exists. Safe to repeat. */
export async function unsubscribeFromPush(
  tx: Tx,
  shopId: ShopId,
  endpoint: string,
): Promise<{ status: "unsubscribed" }> {
  await tx.pushSubscription.deleteMany({ where: { shopId, endpointHash: hashOf(endpoint) } });
  return { status: "unsubscribed" };
}

/** The browser that this person used last. */
export async function newestSubscription(
  tx: Tx,
  shopId: ShopId,
  { customerGid, orderGid }: { customerGid: string | null; orderGid: string | null },
): Promise<{ id: string } | null> {
  const whose = [...(customerGid ? [{ customerGid }] : []), ...(orderGid ? [{ orderGid }] : [])];
  if (whose.length === 0) return null;
  return tx.pushSubscription.findFirst({
    where: { shopId, OR: whose },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
}

/** What is needed to send to a browser, or null where it is gone. */
export async function openSubscription(
  tx: Tx,
  shopId: ShopId,
  id: string,
  { secret }: Keys,
): Promise<Pick<PushMessage, "endpoint" | "keys"> | null> {
  const row = await tx.pushSubscription.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!row) return null;
  const context = `${shopId}:${row.endpointHash}`;
  const keys = JSON.parse(unseal(secret, PURPOSE, row.keys, context)) as PushMessage["keys"];
  return { endpoint: unseal(secret, PURPOSE, row.endpoint, context), keys };
}

export async function removeSubscription(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  await tx.pushSubscription.deleteMany({ where: { shopId, id } });
}

/** How many browsers there are, and since when the newest. */
export async function pushState(tx: Tx, shopId: ShopId): Promise<{ subscriptions: number }> {
  return { subscriptions: await tx.pushSubscription.count({ where: { shopId } }) };
}

function isEndpoint(text: string): boolean {
  if (text.length > 2_000 || !URL.canParse(text)) return false;
  return ["https:", "http:"].includes(new URL(text).protocol);
}

function hashOf(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex");
}
