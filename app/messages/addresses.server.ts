import { plainPhone, type Channel, type Purpose } from "#app/contact-policy/contact";
import { mayReach, type Keys } from "#app/contact-policy/contact-policy.server";
import { personKeyOf } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import { channelsInUse } from "./accounts.server";
import { isTemplateKey, type TemplateKey } from "./default-templates";
import { plainAddress } from "./escape";
import { newestSubscription } from "./push-subscriptions.server";
import { liveTemplate } from "./templates.server";

/** Whom a message is for: a customer, the buyer of an order, or both. */
export type Person = { customerGid: string | null; orderGid: string | null };

/** How touches, holds and caps know the person. */
export function personKey({ customerGid, orderGid }: Person): string {
  return personKeyOf({ customerGid, orderGid: orderGid ?? "" });
}

/**
 * Where this person is reached on a channel: e-mail address, phone number (E.164), id of a browser's subscription, the
 * person themselves for the inbox, the shop's address for webhooks.
 * @param email what the asker knows; else the order's, else the customer's
 */
export async function addressOn(
  tx: Tx,
  shopId: ShopId,
  channel: Channel,
  person: Person & { email?: string | null },
): Promise<string | null> {
  switch (channel) {
    case "email":
      return plainAddress((person.email ?? (await contactsOf(tx, shopId, person)).email) || "");
    case "sms":
    case "whatsapp":
    case "phone":
      return plainPhone((await contactsOf(tx, shopId, person)).phone ?? "");
    case "push":
      return (await newestSubscription(tx, shopId, person))?.id ?? null;
    case "inbox":
      return personKey(person);
    case "webhook": {
      const row = await tx.channelAccount.findUnique({ where: { shopId_channel: { shopId, channel } } });
      return ((row?.config as { url?: string } | null)?.url ?? "") || null;
    }
  }
}

/** The order's own contact comes first: it was given for this purchase. */
async function contactsOf(
  tx: Tx,
  shopId: ShopId,
  { customerGid, orderGid }: Person,
): Promise<{ email: string | null; phone: string | null }> {
  const select = { email: true, phone: true } as const;
  const order = orderGid
    ? await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } }, select })
    : null;
  const customer = customerGid
    ? await tx.customer.findUnique({ where: { shopId_gid: { shopId, gid: customerGid } }, select })
    : null;
  return { email: order?.email ?? customer?.email ?? null, phone: order?.phone ?? customer?.phone ?? null };
}

/** Where the parcel goes, else where the customer lives, as two letters. */
export async function countryOf(
  tx: Tx,
  shopId: ShopId,
  { orderGid, customerGid }: Person,
): Promise<string | null> {
  const select = { country: true } as const;
  const order = orderGid
    ? await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } }, select })
    : null;
  if (order?.country) return order.country;
  if (!customerGid) return null;
  const where = { shopId_gid: { shopId, gid: customerGid } };
  return (await tx.customer.findUnique({ where, select }))?.country ?? null;
}

export type ReachQuestion = Person & {
  email?: string | null;
  /** What is to be said: channels for short texts need a template that has one. */
  templateKey: TemplateKey;
  purpose: Purpose;
};

/**
 * The first of these channels on which the person can be told: the shop uses it, it has an address, the person agreed
 * as far as the channel asks for it, and the template has a text for it. Caps and quiet hours are asked when sending.
 */
export async function reachable(
  tx: Tx,
  shopId: ShopId,
  { templateKey, purpose, ...person }: ReachQuestion,
  channels: readonly Channel[],
  keys: Keys,
): Promise<Channel | null> {
  const inUse = await channelsInUse(tx, shopId);
  const country = await countryOf(tx, shopId, person);
  for (const channel of channels) {
    if (!inUse.has(channel)) continue;
    if (channel !== "email" && channel !== "webhook" && !(await hasShortText(tx, shopId, templateKey)))
      continue;
    const address = await addressOn(tx, shopId, channel, person);
    if (!address) continue;
    if (channel === "webhook") return channel;
    const question = { channel, address, purpose, messageType: templateKey, country };
    if ((await mayReach(tx, shopId, question, keys)).allowed) return channel;
  }
  return null;
}

export async function hasShortText(tx: Tx, shopId: ShopId, key: TemplateKey): Promise<boolean> {
  if (!isTemplateKey(key)) return false;
  const { content } = await liveTemplate(tx, shopId, key);
  return Object.values(content.short ?? {}).some((text) => text?.trim());
}
