import {
  consentOf,
  preferencesOf,
  recordConsent,
  setPreference,
  type Keys,
} from "#app/contact-policy/contact-policy.server";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message } from "#app/generated/prisma/client";
import type { Brand, Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { askToConfirm, needsConfirmation } from "./confirmations.server";
import { CHOSEN_KEYS, type ChosenKey } from "./default-templates";
import {
  chooseOnChannel,
  otherChannels,
  type ChannelChoice,
  type ChosenChannel,
  type OtherChannel,
} from "./other-channels.server";

/**
 * What the recipient of a mail chose: marketing or not (consent, told to Shopify), and which types of mail. The signed
 * link of a mail is proof enough to choose for its address; nobody logs in to leave.
 */
export type Subscriptions = {
  locale: Locale;
  brand: Brand;
  shopName: string;
  /** Agreed to marketing mails; with `isPending`, not yet confirmed. */
  marketing: boolean;
  isPending: boolean;
  types: Record<ChosenKey, boolean>;
  /** The other channels that reach the person. */
  others: OtherChannel[];
};

const CHANNEL = "email";

/** @returns null where the message or its address is gone (redacted) */
export async function subscriptionsOf(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  keys: Keys,
): Promise<Subscriptions | null> {
  const message = await tx.message.findUnique({ where: { shopId_id: { shopId, id: messageId } } });
  if (!message?.recipient) return null;
  const whose = { channel: CHANNEL, address: message.recipient } as const;
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { name: true } });
  const { brand } = await settingsOf(tx, shopId);
  const consent = await consentOf(tx, shopId, whose, keys);
  const chosen = await preferencesOf(tx, shopId, whose, keys);
  return {
    locale: message.locale as Locale,
    brand,
    shopName: shop.name,
    marketing: consent?.state === "subscribed" || consent?.state === "pending",
    isPending: consent?.state === "pending",
    types: Object.fromEntries(
      CHOSEN_KEYS.map((key) => [key, chosen.get(key) ?? true]),
    ) as Subscriptions["types"],
    others: await otherChannels(tx, shopId, message, keys),
  };
}

type Change = { source: "one-click" | "preference-page"; text: string; now: Date };

/** No more marketing to the address of this message. Asked for twice, it is done once. */
export async function unsubscribe(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  change: Change,
  keys: Keys,
): Promise<{ status: "unsubscribed" | "gone" }> {
  const message = await lockedMessage(tx, shopId, messageId);
  if (!message?.recipient) return { status: "gone" };
  await changeMarketing(tx, shopId, message, false, change, keys);
  return { status: "unsubscribed" };
}

type Choice = Pick<Subscriptions, "marketing" | "types"> & {
  /** With the words next to the tick for marketing. */
  others?: (ChannelChoice & { channel: ChosenChannel; text: string })[];
};

/** Saves a filled preference page. Whoever agrees where that has to be confirmed gets a mail for it. */
export async function choose(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  choice: Choice,
  change: Change,
  keys: Keys,
): Promise<{ status: "saved" | "gone" } | { status: "to-be-confirmed"; isSent: boolean }> {
  const message = await lockedMessage(tx, shopId, messageId);
  if (!message?.recipient) return { status: "gone" };
  const whose = { channel: CHANNEL, address: message.recipient } as const;
  const chosen = await preferencesOf(tx, shopId, whose, keys);
  for (const messageType of CHOSEN_KEYS) {
    const wanted = choice.types[messageType];
    if ((chosen.get(messageType) ?? true) === wanted) continue;
    await setPreference(tx, shopId, { ...whose, messageType, wanted, now: change.now }, keys);
  }
  const asked = await changeMarketing(tx, shopId, message, choice.marketing, change, keys);
  for (const { channel, text, ...chosenThere } of choice.others ?? []) {
    await chooseOnChannel(tx, shopId, message, channel, chosenThere, { text, now: change.now }, keys);
  }
  return asked ? { status: "to-be-confirmed", isSent: asked.status === "sent" } : { status: "saved" };
}

/** @returns whether a mail asks to confirm, where that is needed */
async function changeMarketing(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  subscribed: boolean,
  { source, text, now }: Change,
  keys: Keys,
): Promise<Awaited<ReturnType<typeof askToConfirm>> | null> {
  const address = message.recipient!;
  const current = (await consentOf(tx, shopId, { channel: CHANNEL, address }, keys))?.state;
  const state = subscribed ? "subscribed" : "unsubscribed";
  // An empty box says no also where we knew nothing: what is found out later about the past must not overrule it.
  if (current === state) return null;
  const customerGid = message.customerGid ?? (await customerOfOrder(tx, shopId, message.orderGid));
  const sourceKey = `${source}:${message.id}:${now.getTime()}`;
  if (subscribed) {
    const person = { customerGid, orderGid: message.orderGid };
    const agreement = { ...person, address, locale: message.locale, source, text, sourceKey, now };
    if (await needsConfirmation(tx, shopId, person)) return askToConfirm(tx, shopId, agreement, keys);
  }
  await recordConsent(
    tx,
    shopId,
    { channel: CHANNEL, address, customerGid, state, source, text, changedAt: now, sourceKey },
    keys,
  );
  // Who never agreed and says no once more has not left because of this mail.
  const hasLeft = !subscribed && (current === "subscribed" || source === "one-click");
  if (hasLeft) await noteUnsubscribe(tx, shopId, message.id, now);
  return null;
}

async function noteUnsubscribe(tx: Tx, shopId: ShopId, messageId: string, now: Date): Promise<void> {
  const event = { kind: "unsubscribe", human: true, happenedAt: now };
  await tx.messageEvent.create({ data: { shopId, id: newId(now), messageId, ...event } });
}

/** The order may have learnt its customer after the message was made. */
async function customerOfOrder(tx: Tx, shopId: ShopId, orderGid: string | null): Promise<string | null> {
  if (!orderGid) return null;
  const order = await tx.order.findUnique({
    where: { shopId_gid: { shopId, gid: orderGid } },
    select: { customerGid: true },
  });
  return order?.customerGid ?? null;
}

async function lockedMessage(tx: Tx, shopId: ShopId, id: string): Promise<Message | null> {
  await tx.$queryRaw`SELECT id FROM "Message" WHERE "shopId" = ${shopId} AND id = ${id}::uuid FOR UPDATE`;
  return tx.message.findUnique({ where: { shopId_id: { shopId, id } } });
}
