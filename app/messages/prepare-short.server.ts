import { openAccount, type AccountChannel } from "./accounts.server";
import type { Keys, NewTouch } from "#app/contact-policy/contact-policy.server";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message } from "#app/generated/prisma/client";
import { ChannelError, type PushMessage, type TextMessage, type WebhookCall } from "./channels/channel";
import { fillShort } from "./compiled";
import { escapeHeader } from "./escape";
import { PLAIN_WEBHOOK } from "./judge.server";
import { ownLink, storeLinks } from "./message-links.server";
import { touchOf } from "./message-touches.server";
import type { MessageExtras } from "./outbox.server";
import { fillingOf, type MailConfig } from "./prepare.server";
import { openSubscription } from "./push-subscriptions.server";
import { evaluateAll } from "./template-language";

/** Messages that are no mail: what is written in the template's short form, and where it goes. */
export type PreparedShort =
  | { kind: "text"; text: TextMessage }
  | { kind: "push"; push: PushMessage }
  | { kind: "webhook"; call: WebhookCall }
  /** Sent by being written, in the transaction that claimed it. */
  | { kind: "written" };

/** @throws ChannelError where the account or the browser is gone */
export async function prepareShort(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  config: MailConfig,
): Promise<{ outgoing: PreparedShort; touches: NewTouch[] }> {
  if (message.channel === "webhook") return prepareCall(tx, shopId, message, config);
  const words = await shortWords(tx, shopId, message, config);
  const touches = [touchOf(message, message.templateKey, message.purpose === "marketing", config.now)];
  return { outgoing: await addressed(tx, shopId, message, words, config), touches };
}

type Words = { title: string; body: string; url: string };

async function shortWords(tx: Tx, shopId: ShopId, message: Message, config: MailConfig): Promise<Words> {
  const { shop, brand, template, compiled, trackingUrl, filling, links } = await fillingOf(
    tx,
    shopId,
    message,
    config,
  );
  const body = fillShort(compiled, { ...filling, link: links.link });
  const subject = escapeHeader(evaluateAll(compiled.subject, filling.values, filling.reader));
  const sender = escapeHeader(brand.senderName || shop.name);
  const url = links.link(trackingUrl || `https://${shop.domain}/`, trackingUrl ? "tracking" : "other");
  await storeLinks(tx, shopId, message.id, links.rows);
  await tx.message.update({
    where: { shopId_id: { shopId, id: message.id } },
    data: { templateVersion: template.version },
  });
  return { title: message.channel === "push" ? sender : subject, body, url };
}

async function addressed(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  words: Words,
  config: MailConfig,
): Promise<PreparedShort> {
  const recipient = message.recipient!;
  switch (message.channel) {
    case "sms":
    case "whatsapp": {
      const channel = message.channel;
      const { accountSid, from, secret } = await accountFor(tx, shopId, channel, config);
      const token = { shopId, messageId: message.id, position: 0 };
      const statusUrl = ownLink(config, "message-status", token);
      const account = { sid: accountSid, token: secret };
      return { kind: "text", text: { channel, to: recipient, from, text: words.body, statusUrl, account } };
    }
    case "push": {
      const browser = await openSubscription(tx, shopId, recipient, config);
      if (!browser) throw new ChannelError("recipient", "This browser no longer takes notifications.");
      return { kind: "push", push: { ...browser, payload: { ...words, tag: message.id } } };
    }
    case "inbox":
      await writeToInbox(tx, shopId, message, words, config.now);
      return { kind: "written" };
    case "phone":
      await addPhoneTask(tx, shopId, {
        dedupeKey: message.id,
        messageId: message.id,
        customerGid: message.customerGid,
        orderGid: message.orderGid,
        phone: recipient,
        note: words.body,
        now: config.now,
      });
      return { kind: "written" };
    default:
      throw new Error(`no way to send on channel ${message.channel}`);
  }
}

async function accountFor(tx: Tx, shopId: ShopId, channel: AccountChannel, { secret }: Keys) {
  const account = await openAccount(tx, shopId, channel, secret);
  if (!account) throw new ChannelError("account", "This channel is not set up.");
  return account;
}

async function prepareCall(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  config: MailConfig,
): Promise<{ outgoing: PreparedShort; touches: NewTouch[] }> {
  const { secret } = await accountFor(tx, shopId, "webhook", config);
  const { data } = message.variables as MessageExtras;
  const { id, templateKey, orderGid, customerGid, parcelId, queuedAt } = message;
  const isPlain = templateKey === PLAIN_WEBHOOK;
  const text = isPlain ? undefined : (await shortWords(tx, shopId, message, config)).body;
  const event = isPlain ? "journey.step" : "message.sent";
  const told = {
    id,
    event,
    template: isPlain ? undefined : templateKey,
    text,
    orderGid,
    customerGid,
    parcelId,
  };
  const body = JSON.stringify({ ...told, data, createdAt: queuedAt.toISOString() });
  const call = { url: message.recipient!, idempotencyKey: id, secret, event, body };
  return { outgoing: { kind: "webhook", call }, touches: [] };
}

async function writeToInbox(
  tx: Tx,
  shopId: ShopId,
  { id, customerGid, orderGid }: Message,
  { title, body, url }: Words,
  now: Date,
): Promise<void> {
  const row = { shopId, messageId: id, customerGid, orderGid, title, body, url, createdAt: now };
  await tx.inboxEntry.createMany({ data: [row], skipDuplicates: true });
}

export type NewPhoneTask = {
  /** The same task asked for twice is one. */
  dedupeKey: string;
  messageId?: string;
  customerGid: string | null;
  orderGid: string | null;
  phone: string | null;
  note: string;
  now: Date;
};

/** Puts a call on the list of the staff. */
export async function addPhoneTask(
  tx: Tx,
  shopId: ShopId,
  { now, ...task }: NewPhoneTask,
): Promise<{ status: "added" | "already-there" }> {
  const added = await tx.phoneTask.createMany({
    data: [{ shopId, id: newId(now), createdAt: now, ...task }],
    skipDuplicates: true,
  });
  return { status: added.count > 0 ? "added" : "already-there" };
}
