import {
  contactSettingsOf,
  marketingRoom,
  mayContact,
  type ContactRules,
  type Keys,
} from "#app/contact-policy/contact-policy.server";
import { reachesAPerson, type Channel, type Purpose, type RefusalReason } from "#app/contact-policy/contact";
import { shopperZone } from "#app/contact-policy/shopper-zone";
import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import { settingsOf } from "#app/shops/shops.server";
import { channelsInUse } from "./accounts.server";
import { countryOf, hasShortText, personKey, type Person } from "./addresses.server";
import type { TemplateKey } from "./default-templates";
import { templateState } from "./templates.server";

/** A call to the merchant's systems that no template words. */
export const PLAIN_WEBHOOK = "webhook";

export type SuppressionReason =
  | RefusalReason
  | "messages-off"
  | "template-off"
  | "channel-off"
  | "no-short-text"
  | "no-address"
  | "outranked"
  | "holdout"
  | "campaign-stopped"
  | "uninstalled";

export type Judgement = { send: true; at: Date } | { send: false; reason: SuppressionReason };

export type Judged = Person & { templateKey: string; channel: Channel; recipient: string | null };

/** May this message go out, and when? Asked when it is queued and again when it is sent. */
export async function judge(
  tx: Tx,
  shopId: ShopId,
  message: Judged,
  { secret, now }: Keys & { now: Date },
): Promise<Judgement> {
  const { templateKey, channel, recipient } = message;
  const shop = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { timezone: true, country: true, status: true },
  });
  if (shop.status !== "installed") return { send: false, reason: "uninstalled" };
  const { surfaces } = await settingsOf(tx, shopId);
  if (!surfaces.message) return { send: false, reason: "messages-off" };
  if (channel !== "email" && !(await channelsInUse(tx, shopId)).has(channel))
    return { send: false, reason: "channel-off" };
  const purpose = await purposeOf(tx, shopId, templateKey);
  if (!purpose) return { send: false, reason: "template-off" };
  if (!recipient) return { send: false, reason: "no-address" };
  if (!reachesAPerson(channel)) return { send: true, at: now };
  if (channel !== "email" && !(await hasShortText(tx, shopId, templateKey as TemplateKey)))
    return { send: false, reason: "no-short-text" };

  const country = await countryOf(tx, shopId, message);
  const verdict = await mayContact(
    tx,
    shopId,
    {
      personKey: personKey(message),
      address: recipient,
      channel,
      purpose,
      messageType: templateKey,
      now,
      timezone: shopperZone(country, shop),
      country,
    },
    { secret },
  );
  if (verdict.allowed) return { send: true, at: now };
  if (verdict.reason === "quiet-hours" && verdict.until) return { send: true, at: verdict.until };
  return { send: false, reason: verdict.reason };
}

/** Null where the template is switched off or gone. */
async function purposeOf(tx: Tx, shopId: ShopId, templateKey: string): Promise<Purpose | null> {
  if (templateKey === PLAIN_WEBHOOK) return "transactional";
  const template = await templateState(tx, shopId, templateKey as TemplateKey);
  return template?.enabled ? template.purpose : null;
}

const DAY = 24 * 60 * 60 * 1000;

type Contender = Person & { id: string; priority: number };

/**
 * Marketing to one person is decided one message after another, until the transaction ends. Does a weightier one wait
 * that would take the room which is left in the person's day?
 */
export async function isOutranked(tx: Tx, shopId: ShopId, message: Contender, now: Date): Promise<boolean> {
  const { id, customerGid, orderGid, priority } = message;
  const rules: ContactRules = await contactSettingsOf(tx, shopId);
  const weightier = await tx.message.count({
    where: {
      shopId,
      id: { not: id },
      ...(customerGid ? { customerGid } : { orderGid }),
      state: "queued",
      purpose: "marketing",
      priority: { gt: priority },
      dueAt: { lte: new Date(now.getTime() + DAY) },
    },
  });
  if (weightier === 0) return false;
  const room = await marketingRoom(tx, shopId, { personKey: personKey(message), now, limits: rules.limits });
  return room <= weightier;
}

/** Others who want to reach the same person wait here until this transaction ends. */
export async function lockPerson(tx: Tx, shopId: ShopId, person: Person): Promise<void> {
  await waitForTurn(tx, `${shopId}:${personKey(person)}`);
}
