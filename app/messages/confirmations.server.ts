import {
  consentOf,
  contactSettingsOf,
  recordConsent,
  type Keys,
} from "#app/contact-policy/contact-policy.server";
import type { ConsentSource } from "#app/contact-policy/contact";
import { isConfirmed } from "#app/contact-policy/country-rules";
import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message } from "#app/generated/prisma/client";
import { countryOf, type Person } from "./addresses.server";
import { CONFIRM_KEY } from "./confirm-template";
import { queueMessage } from "./outbox.server";

/**
 * Double opt-in: who agrees on one of our pages is `pending` until they press the button behind the link of a mail. Both
 * acts are kept as proof, with their words, time and source, and both are told to Shopify.
 */
export const LINK_DAYS = 7;

const HOUR = 60 * 60 * 1000;
const MOST_PER_DAY = 3;
const LEAST_BETWEEN_MS = 2 * 60_000;
const CONFIRMED = "CONFIRMED_OPT_IN";

/** Does an agreement of this person count only once it is confirmed? */
export async function needsConfirmation(tx: Tx, shopId: ShopId, person: Person): Promise<boolean> {
  const rules = await contactSettingsOf(tx, shopId);
  const country = await countryOf(tx, shopId, person);
  if (country) return isConfirmed(rules, country);
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { country: true } });
  return isConfirmed(rules, shop.country);
}

export type Agreement = Person & {
  address: string;
  locale: string;
  source: ConsentSource;
  /** The words the person saw. */
  text: string;
  sourceKey: string;
  now: Date;
};

/** Records the agreement as pending and sends the mail; asked again while it is pending, it only sends the mail again. */
export async function askToConfirm(
  tx: Tx,
  shopId: ShopId,
  { address, orderGid, customerGid, locale, source, text, sourceKey, now }: Agreement,
  keys: Keys,
): Promise<{ status: "sent" | "sent-lately" }> {
  const whose = { channel: "email", address } as const;
  const current = await consentOf(tx, shopId, whose, keys);
  if (current?.state !== "pending") {
    const pending = { ...whose, customerGid, state: "pending", optInLevel: CONFIRMED, source, text } as const;
    await recordConsent(tx, shopId, { ...pending, changedAt: now, sourceKey }, keys);
  }
  if (await wasSentLately(tx, shopId, address, keys, now)) return { status: "sent-lately" };
  const about = { orderGid, customerGid, recipient: address, locale };
  const dedupeKey = `${CONFIRM_KEY}:${sourceKey}`;
  await queueMessage(tx, shopId, { ...about, dedupeKey, templateKey: CONFIRM_KEY }, { ...keys, now });
  return { status: "sent" };
}

/** Nobody can have mails poured over somebody else's address. */
async function wasSentLately(
  tx: Tx,
  shopId: ShopId,
  address: string,
  { secret }: Keys,
  now: Date,
): Promise<boolean> {
  const sent = await tx.message.findMany({
    where: {
      shopId,
      recipientHash: addressHash(secret, shopId, address),
      templateKey: CONFIRM_KEY,
      queuedAt: { gt: new Date(now.getTime() - 24 * HOUR) },
    },
    select: { queuedAt: true },
  });
  const justNow = sent.some(({ queuedAt }) => queuedAt.getTime() > now.getTime() - LEAST_BETWEEN_MS);
  return justNow || sent.length >= MOST_PER_DAY;
}

/** What the link of a confirmation mail can still do. */
export type LinkState = "open" | "confirmed" | "over";

export async function confirmationState(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  keys: Keys,
  now: Date,
): Promise<LinkState> {
  return stateOf(tx, shopId, await confirmationMail(tx, shopId, messageId), keys, now);
}

/**
 * The button behind the link was pressed. Pressed twice, it is done once.
 * @param text the words beside the button
 */
export async function confirmMarketing(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  { text, now }: { text: string; now: Date },
  keys: Keys,
): Promise<LinkState> {
  const message = await confirmationMail(tx, shopId, messageId);
  const state = await stateOf(tx, shopId, message, keys, now);
  if (state !== "open") return state;
  const { customerGid, recipient } = message!;
  const agreed = { state: "subscribed", optInLevel: CONFIRMED, source: "confirmation", text } as const;
  await recordConsent(
    tx,
    shopId,
    {
      ...agreed,
      ...{ channel: "email", address: recipient!, customerGid, changedAt: now },
      sourceKey: `confirmation:${messageId}`,
    },
    keys,
  );
  return "confirmed";
}

async function confirmationMail(tx: Tx, shopId: ShopId, id: string): Promise<Message | null> {
  const message = await tx.message.findUnique({ where: { shopId_id: { shopId, id } } });
  return message?.templateKey === CONFIRM_KEY && message.recipient ? message : null;
}

/** Over where the link is old, or the person has left or never agreed since. */
async function stateOf(
  tx: Tx,
  shopId: ShopId,
  message: Message | null,
  keys: Keys,
  now: Date,
): Promise<LinkState> {
  if (!message) return "over";
  const consent = await consentOf(tx, shopId, { channel: "email", address: message.recipient! }, keys);
  const isSubscribed = consent?.state === "subscribed";
  if (isSubscribed && consent.optInLevel === CONFIRMED) return "confirmed";
  const isOld = message.queuedAt.getTime() < now.getTime() - LINK_DAYS * 24 * HOUR;
  return (isSubscribed || consent?.state === "pending") && !isOld ? "open" : "over";
}
