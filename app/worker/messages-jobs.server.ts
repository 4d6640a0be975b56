import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message } from "#app/generated/prisma/client";
import { mailSurveys } from "#app/http/mail-surveys.server";
import { log } from "#app/log.server";
import {
  ChannelError,
  claimMessage,
  noteAccountError,
  PLANNED_AHEAD_MS,
  planCampaignBatch,
  prepareMail,
  prepareShort,
  recordFailure,
  recordSent,
  settleLost,
  type MailConfig,
} from "#app/messages/messages.server";
import { forecastParcel } from "#app/parcels/forecast.server";
import type { JobHandlers } from "#app/queue/queue.server";
import { sendBulk } from "./bulk-send.server";
import { readConsent } from "./contact-policy-jobs.server";
import { offerForMessage } from "./mail-offer.server";
import { mailOfferOutcomes } from "./mail-offer-outcomes.server";
import { handOver, type Outgoing } from "./outlets.server";
import type { Ports, Sweep } from "./ports.server";

export function messagesJobs(ports: Ports): Pick<JobHandlers, "messages.send"> {
  return {
    "messages.send": async ({ shopId, messageId }) => {
      await sendMessage(ports, shopId, messageId);
    },
  };
}

type Taken = { message: Message } & (
  { outgoing: Outgoing; touches: Parameters<typeof recordSent>[3]["touches"] } | { error: ChannelError }
);

/**
 * Takes one message from the outbox to its channel. Three steps, each complete before the next: record that it is in
 * flight, hand it over, record the outcome. A worker that dies in between leaves the message in flight.
 * @returns false where there was nothing to send
 */
async function sendMessage(ports: Ports, shopId: ShopId, messageId: string): Promise<boolean> {
  const { secret } = ports;
  await knowEnough(ports, shopId, messageId);
  const taken = await inShop(shopId, (tx) => takeMessage(tx, shopId, messageId, ports));
  if (!taken) return false;
  const { message } = taken;
  try {
    if ("error" in taken) throw taken.error;
    if (taken.outgoing.kind === "written") return true;
    const { providerId } = await handOver(ports, taken.outgoing);
    const sent = { providerId, touches: taken.touches, now: ports.now() };
    await inShop(shopId, async (tx) => {
      await recordSent(tx, shopId, message.id, sent);
      if (message.channel !== "email") await noteAccountError(tx, shopId, message.channel, null, sent.now);
    });
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    log.warn({ shopId, messageId, channel: message.channel, kind: error.kind }, "message not accepted");
    await inShop(shopId, (tx) => recordFailure(tx, shopId, message, error, { secret, now: ports.now() }));
  }
  return true;
}

/**
 * A message may be due before the jobs have run that find out what it tells: what a new buyer agreed to, when a parcel
 * arrives. It asks itself then, or it would go without the offer, or without the day. Where that fails, it does.
 */
async function knowEnough(ports: Ports, shopId: ShopId, messageId: string): Promise<void> {
  const message = await inShop(shopId, (tx) =>
    tx.message.findUnique({
      where: { shopId_id: { shopId, id: messageId }, state: "queued" },
      select: { channel: true, orderGid: true, parcelId: true },
    }),
  );
  if (!message) return;
  const { channel, orderGid, parcelId } = message;
  if (parcelId) {
    // In a transaction of its own: a scan holds its parcel before it touches the messages about it.
    await inShop(shopId, (tx) => forecastParcel(tx, shopId, parcelId, ports.now())).catch((error: Error) =>
      log.warn({ shopId, messageId, error: error.message }, "the parcel could not be forecast"),
    );
  }
  if (channel !== "email" || !orderGid) return;
  await readConsent(ports, shopId, orderGid).catch((error: Error) =>
    log.warn({ shopId, messageId, error: error.message }, "the buyer's consent could not be read"),
  );
}

/** Claims a message and writes it out. What is sent by being written is sent when this transaction commits. */
async function takeMessage(tx: Tx, shopId: ShopId, messageId: string, ports: Ports): Promise<Taken | null> {
  const { secret, appUrl, mailFrom, bouncesTo } = ports;
  const now = ports.now();
  const message = await claimMessage(tx, shopId, messageId, { secret, now });
  if (!message) return null;
  const config: MailConfig = { appUrl, secret, mailFrom, bouncesTo, now };
  try {
    if (message.channel === "email") {
      const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
      const offerFor: MailConfig["offerFor"] = (mail, locale) => offerForMessage(shop, mail, locale, now);
      const surveyFor = mailSurveys({ appUrl, secret, now });
      const { mail, touches } = await prepareMail(tx, shopId, message, { ...config, offerFor, surveyFor });
      return { message, outgoing: { kind: "mail", mail }, touches };
    }
    const { outgoing, touches } = await prepareShort(tx, shopId, message, config);
    if (outgoing.kind === "written")
      await recordSent(tx, shopId, message.id, { providerId: "", touches, now });
    return { message, outgoing, touches };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { message, error };
  }
}

const BATCH = 100;
/** Of a campaign, more are read at once: they go out in batches of their own. */
const BULK = 1_000;
const AT_ONCE = 10;
/** Longer than any hand-over can take: the mailer's own time limits add up to less than two minutes. */
const IN_FLIGHT_LIMIT_MS = 10 * 60_000;

type Due = { shopId: number; id: string; templateKey: string };

/** Messages that waited for quiet hours or for another attempt, and any whose job got lost. */
const sendDueMessages: Sweep = {
  name: "messages.send-due",
  everySeconds: 5,
  run: async (ports) => {
    const due = await acrossShops((tx) =>
      tx.message.findMany({
        where: { state: "queued", dueAt: { lte: ports.now() }, campaignId: null },
        orderBy: { dueAt: "asc" },
        take: BATCH,
        select: { shopId: true, id: true, templateKey: true },
      }),
    );
    // Rows that fail again and again must not turn this into a tight loop.
    return sendEach(ports, due);
  },
};

/** Mails of campaigns. They wait in a line of their own, so that news about an order never stand behind them. */
const sendCampaigns: Sweep = {
  name: "messages.send-campaigns",
  everySeconds: 5,
  run: async (ports) => {
    const due = await acrossShops((tx) =>
      tx.message.findMany({
        where: { state: "queued", dueAt: { lte: ports.now() }, campaignId: { not: null } },
        orderBy: { dueAt: "asc" },
        take: BULK,
        select: { shopId: true, id: true, templateKey: true, channel: true },
      }),
    );
    const groups = new Map<string, Due[]>();
    for (const { channel, ...row } of due) {
      const group = `${row.shopId}:${row.templateKey}:${channel}`;
      groups.set(group, [...(groups.get(group) ?? []), row]);
    }
    let sent = 0;
    for (const [group, rows] of groups) {
      const [{ shopId, templateKey }] = rows as [Due];
      const ids = rows.map(({ id }) => id);
      const inBulk = group.endsWith(":email") ? await sendBulk(ports, shopId, templateKey, ids) : null;
      sent += inBulk ?? (await sendEach(ports, rows));
    }
    return sent;
  },
};

/** @returns how many there was something to do about */
async function sendEach(ports: Ports, due: Due[]): Promise<number> {
  let sent = 0;
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const sending = due.slice(at, at + AT_ONCE).map(({ shopId, id }) => sendMessage(ports, shopId, id));
    for (const result of await Promise.allSettled(sending)) {
      if (result.status === "rejected") log.error({ error: String(result.reason) }, "message not sent");
      else if (result.value) sent++;
    }
  }
  return sent;
}

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
      await inShop(shopId, (tx) => settleLost(tx, shopId, id, ports.now()));
    }
    return lost.length;
  },
};

/** Campaigns that are not planned to the end, also those whose planner died. */
const planCampaigns: Sweep = {
  name: "messages.plan-campaigns",
  everySeconds: 5,
  run: async (ports) => {
    const open = await acrossShops((tx) =>
      tx.messageCampaign.findMany({
        where: { finishedAt: null, dueAt: { lte: new Date(ports.now().getTime() + PLANNED_AHEAD_MS) } },
        orderBy: { createdAt: "asc" },
        take: 20,
        select: { shopId: true, id: true },
      }),
    );
    let planned = 0;
    for (const { shopId, id } of open) {
      const config = { secret: ports.secret, now: ports.now() };
      planned += await inShop(shopId, (tx) => planCampaignBatch(tx, shopId, id, config));
    }
    return planned;
  },
};

export const messagesSweeps: Sweep[] = [
  planCampaigns,
  sendDueMessages,
  sendCampaigns,
  findAmbiguousMessages,
  mailOfferOutcomes,
];
