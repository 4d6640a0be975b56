import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { ShopId } from "#app/db/tx";
import { log } from "#app/log.server";
import {
  ChannelError,
  claimMessage,
  markUnknown,
  prepareMail,
  recordFailure,
  recordSent,
  smtpChannel,
} from "#app/messages/messages.server";
import type { MailOfferPort } from "#app/messages/mail-offer";
import type { JobHandlers } from "#app/queue/queue.server";
import { offerForMessage } from "./mail-offer.server";
import type { Ports, Sweep } from "./ports.server";

export function messagesJobs(ports: Ports): Pick<JobHandlers, "messages.send"> {
  return { "messages.send": ({ shopId, messageId }) => sendMessage(ports, shopId, messageId) };
}

/**
 * Takes one message from the outbox to the mail server. Three steps, each complete before the next: record that it is
 * in flight, hand it over, record the outcome. A worker that dies in between leaves the message in flight.
 */
async function sendMessage(ports: Ports, shopId: ShopId, messageId: string): Promise<void> {
  const { secret, appUrl, mailFrom, smtpUrl } = ports;
  const now = ports.now();
  const taken = await inShop(shopId, async (tx) => {
    const message = await claimMessage(tx, shopId, messageId, { secret, now });
    if (!message) return null;
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    const offerFor: MailOfferPort = (mail, locale) => offerForMessage(shop, mail, locale, now);
    const config = { appUrl, secret, mailFrom, now, offerFor };
    return { message, prepared: await prepareMail(tx, shopId, message, config) };
  });
  if (!taken) return;

  const { message, prepared } = taken;
  try {
    const { providerId } = await smtpChannel(smtpUrl).send(prepared.mail);
    const sent = { providerId, touches: prepared.touches, now: ports.now() };
    await inShop(shopId, (tx) => recordSent(tx, shopId, message.id, sent));
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    log.warn({ shopId, messageId, kind: error.kind }, "mail not accepted");
    await inShop(shopId, (tx) => recordFailure(tx, shopId, message, error, { secret, now: ports.now() }));
  }
}

const BATCH = 100;
const AT_ONCE = 10;
/** Longer than any hand-over can take: the mailer's own time limits add up to less than two minutes. */
const IN_FLIGHT_LIMIT_MS = 10 * 60_000;

/** Messages that waited for quiet hours or for another attempt, and any whose job got lost. */
const sendDueMessages: Sweep = {
  name: "messages.send-due",
  everySeconds: 5,
  run: async (ports) => {
    const due = await acrossShops((tx) =>
      tx.message.findMany({
        where: { state: "queued", dueAt: { lte: ports.now() } },
        orderBy: { dueAt: "asc" },
        take: BATCH,
        select: { shopId: true, id: true },
      }),
    );
    for (let at = 0; at < due.length; at += AT_ONCE) {
      const sending = due.slice(at, at + AT_ONCE).map(({ shopId, id }) => sendMessage(ports, shopId, id));
      for (const result of await Promise.allSettled(sending)) {
        if (result.status === "rejected") log.error({ error: String(result.reason) }, "message not sent");
      }
    }
    // Rows that fail again and again must not turn this into a tight loop.
    return 0;
  },
};

/** Messages in flight whose worker is gone: nobody knows whether they left. */
const findAmbiguousMessages: Sweep = {
  name: "messages.find-ambiguous",
  everySeconds: 30,
  run: async (ports) => {
    const lost = await acrossShops((tx) =>
      tx.message.findMany({
        where: { state: "sending", sendingAt: { lt: new Date(ports.now().getTime() - IN_FLIGHT_LIMIT_MS) } },
        take: BATCH,
        select: { shopId: true, id: true },
      }),
    );
    for (const { shopId, id } of lost) {
      await inShop(shopId, (tx) =>
        markUnknown(tx, shopId, id, "The worker stopped while this mail was handed over."),
      );
    }
    return lost.length;
  },
};

export const messagesSweeps: Sweep[] = [sendDueMessages, findAmbiguousMessages];
