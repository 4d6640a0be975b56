import type { Keys } from "#app/contact-policy/contact-policy.server";
import type { Channel } from "#app/contact-policy/contact";
import { newId } from "#app/db/id";
import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Prisma } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { spokenLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { addressOn, reachable } from "./addresses.server";
import type { TemplateKey } from "./default-templates";
import { plainAddress } from "./escape";
import { judge, PLAIN_WEBHOOK, type SuppressionReason } from "./judge.server";
import { templatePurpose } from "./templates.server";

/**
 * The outbox: one row per (what, whom, channel). What becomes of it stands in hand-over.server.ts.
 */

/** What other domains give to a mail; the rest is read when it is sent. */
export type MessageExtras = {
  /** Links for the scores 0 to 10 of the NPS question. */
  nps?: string[];
  points?: { program: string; available: number; pending: number };
  /** What was decided for the offer slot when the mail was written. */
  offer?: { decisionId: string; position: number };
  /** A discount code that was made for this person; `endsAt` in ISO form. */
  code?: { code: string; percent: number; endsAt: string };
  /** The product that it is about, and its page in the shop. */
  product?: { title: string; url: string };
  surveyUrl?: string;
  /** Where this person writes a review. */
  reviewUrl?: string;
  /** What staff answers in a case, and where the shopper writes back. */
  caseReply?: { text: string; url: string };
  /** What a webhook carries beside the message. */
  data?: Record<string, unknown>;
};

export type NewMessage = {
  /** The same thing asked for twice is one message per channel. */
  dedupeKey: string;
  templateKey: TemplateKey;
  /** Default: email. */
  channel?: Channel;
  /** Left out: a message to a customer that is about no order. */
  orderGid?: string | null;
  customerGid: string | null;
  parcelId?: string | null;
  /** Left out: the address of the order, else of the customer, on that channel. */
  recipient?: string | null;
  /** The shopper's language as Shopify tells it, e.g. "de-AT". */
  locale: string;
  extras?: MessageExtras;
  /** Of which campaign it is. */
  campaignId?: string;
  /** 0 to 100: of marketing to one person, the weightiest gets the day's place. Default 50. */
  priority?: number;
};

export type QueueResult =
  | { status: "queued"; messageId: string; dueAt: Date }
  | { status: "suppressed"; messageId: string; reason: SuppressionReason }
  | { status: "already-queued" };

/** Puts a message into the outbox, or records why it is not sent. */
export async function queueMessage(
  tx: Tx,
  shopId: ShopId,
  message: NewMessage,
  { secret, now }: Keys & { now: Date },
): Promise<QueueResult> {
  const { channel = "email", orderGid = null, customerGid, templateKey } = message;
  const person = { customerGid, orderGid };
  const recipient =
    channel === "email" && message.recipient !== undefined
      ? plainAddress(message.recipient ?? "")
      : (message.recipient ?? (await addressOn(tx, shopId, channel, person)));
  const verdict = await judge(tx, shopId, { ...person, templateKey, channel, recipient }, { secret, now });
  const id = newId(now);
  const dueAt = verdict.send ? verdict.at : now;
  const reason = verdict.send ? null : verdict.reason;
  const created = await tx.message.createMany({
    data: [
      {
        shopId,
        id,
        dedupeKey: message.dedupeKey,
        channel,
        templateKey,
        purpose: isPlainWebhook(templateKey)
          ? "transactional"
          : await templatePurpose(tx, shopId, templateKey),
        locale: await localeFor(tx, shopId, message.locale),
        customerGid,
        orderGid,
        parcelId: message.parcelId ?? null,
        recipient,
        recipientHash: addressHash(secret, shopId, recipient ?? ""),
        variables: (message.extras ?? {}) as Prisma.InputJsonObject,
        priority: message.priority ?? 50,
        campaignId: message.campaignId ?? null,
        state: verdict.send ? "queued" : "suppressed",
        reason,
        dueAt,
        queuedAt: now,
        endedAt: verdict.send ? null : now,
      },
    ],
    skipDuplicates: true,
  });
  if (created.count === 0) return { status: "already-queued" };
  if (reason) return { status: "suppressed", messageId: id, reason };
  if (dueAt <= now) await publish(tx, "message.queued", { shopId, messageId: id });
  return { status: "queued", messageId: id, dueAt };
}

/**
 * Queues a message once, on the first of these channels that reaches the person; where none does, the first one's row
 * says why. Asked for again, also with other channels, it stays that one message.
 */
export async function queueOnFirst(
  tx: Tx,
  shopId: ShopId,
  message: Omit<NewMessage, "channel" | "recipient"> & { email?: string | null },
  channels: readonly Channel[],
  config: Keys & { now: Date },
): Promise<QueueResult> {
  const { email, ...rest } = message;
  if ((await tx.message.count({ where: { shopId, dedupeKey: message.dedupeKey } })) > 0)
    return { status: "already-queued" };
  const { customerGid, orderGid = null, templateKey } = message;
  const purpose = await templatePurpose(tx, shopId, templateKey);
  const question = { customerGid, orderGid, email, templateKey, purpose };
  const channel = (await reachable(tx, shopId, question, channels, config)) ?? channels[0] ?? "email";
  const known = channel === "email" && email !== undefined ? { recipient: email } : {};
  return queueMessage(tx, shopId, { ...rest, ...known, channel }, config);
}

/** A signed call to an address of the merchant's, without a template. @param url left out: the shop's own address */
export async function queueWebhook(
  tx: Tx,
  shopId: ShopId,
  call: Pick<NewMessage, "dedupeKey" | "customerGid" | "orderGid"> & {
    url?: string;
    data: Record<string, unknown>;
  },
  config: Keys & { now: Date },
): Promise<QueueResult> {
  const { url, data, ...rest } = call;
  const message = { ...rest, templateKey: PLAIN_WEBHOOK as TemplateKey, locale: "en", extras: { data } };
  return queueMessage(
    tx,
    shopId,
    { ...message, channel: "webhook", ...(url ? { recipient: url } : {}) },
    config,
  );
}

function isPlainWebhook(templateKey: string): boolean {
  return templateKey === PLAIN_WEBHOOK;
}

/** The shopper's language where the shop has switched it on, else the shop's first. */
async function localeFor(tx: Tx, shopId: ShopId, wanted: string): Promise<Locale> {
  return spokenLocale((await settingsOf(tx, shopId)).locales, wanted);
}
