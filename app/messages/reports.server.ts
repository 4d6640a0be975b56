import {
  consentOf,
  hasSaidStop,
  recordConsent,
  stateBeforeStop,
  suppress,
  unsuppress,
  type Keys,
} from "#app/contact-policy/contact-policy.server";
import type { Channel } from "#app/contact-policy/contact";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message, MessageState } from "#app/generated/prisma/client";

/**
 * What providers and mail servers tell of a message later: that it arrived, came back, or was called spam. Each report
 * counts once, in whatever order they come: a complaint outweighs a bounce, a bounce outweighs "delivered".
 */
export type Report = {
  messageId: string;
  kind: "delivered" | "bounce" | "soft-bounce" | "failed" | "stopped" | "complaint";
  /** The provider's words. */
  reason: string;
  /** Makes the same report told twice one. */
  sourceKey: string;
  happenedAt: Date;
};

/** From which states a report moves a message on. What was never handed over cannot have come back. */
const MOVES: Record<Report["kind"], { to: MessageState; from: MessageState[] } | null> = {
  delivered: { to: "delivered", from: ["sending", "sent", "unknown"] },
  "soft-bounce": null,
  failed: { to: "failed", from: ["sending", "sent", "unknown", "delivered"] },
  bounce: { to: "bounced", from: ["sending", "sent", "unknown", "delivered", "failed"] },
  stopped: { to: "bounced", from: ["sending", "sent", "unknown", "delivered", "failed"] },
  complaint: { to: "complained", from: ["sending", "sent", "unknown", "delivered", "failed", "bounced"] },
};

const DAY = 24 * 60 * 60 * 1000;
/** So many mails that came back for passing reasons are no passing reason any more. */
const SOFT_BOUNCES = 5;
const SOFT_BOUNCE_DAYS = 30;

export type ReportResult = { status: "recorded" | "already-recorded" | "unknown-message" };

export async function recordReport(
  tx: Tx,
  shopId: ShopId,
  report: Report,
  keys: Keys,
): Promise<ReportResult> {
  const { messageId, kind, reason, sourceKey, happenedAt } = report;
  await tx.$queryRaw`SELECT id FROM "Message" WHERE "shopId" = ${shopId} AND id = ${messageId}::uuid FOR UPDATE`;
  const message = await tx.message.findUnique({ where: { shopId_id: { shopId, id: messageId } } });
  if (!message) return { status: "unknown-message" };
  const event = { kind, human: false, why: reason.slice(0, 300), sourceKey, happenedAt };
  const noted = await tx.messageEvent.createMany({
    data: [{ shopId, id: newId(happenedAt), messageId, ...event }],
    skipDuplicates: true,
  });
  if (noted.count === 0) return { status: "already-recorded" };

  const move = MOVES[kind];
  if (move) {
    await tx.message.updateMany({
      where: { shopId, id: messageId, state: { in: move.from } },
      data: {
        state: move.to,
        ...(kind === "delivered"
          ? { deliveredAt: happenedAt, reason: null, endedAt: null }
          : { reason: reason.slice(0, 300), endedAt: happenedAt }),
        ...(message.sentAt ? {} : { sentAt: happenedAt }),
      },
    });
  }
  await drawConclusions(tx, shopId, message, report, keys);
  return { status: "recorded" };
}

async function drawConclusions(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  { kind, happenedAt: now }: Report,
  keys: Keys,
): Promise<void> {
  if (!message.recipient) return;
  const whose = { channel: message.channel as Channel, address: message.recipient };
  if (kind === "bounce") await suppress(tx, shopId, { ...whose, reason: "hard-bounce", now }, keys);
  if (kind === "stopped") await suppress(tx, shopId, { ...whose, reason: "stop", now }, keys);
  if (kind === "complaint") {
    await suppress(tx, shopId, { ...whose, reason: "complaint", now }, keys);
    const { customerGid } = message;
    const left = {
      ...whose,
      customerGid,
      state: "unsubscribed",
      source: "complaint",
      changedAt: now,
    } as const;
    await recordConsent(tx, shopId, { ...left, sourceKey: `complaint:${message.id}` }, keys);
  }
  if (kind === "soft-bounce" && (await softBounces(tx, shopId, message, now)) >= SOFT_BOUNCES)
    await suppress(tx, shopId, { ...whose, reason: "soft-bounces", now }, keys);
}

/** Messages to this address that came back for a passing reason, since something last arrived or the merchant let us try again. */
async function softBounces(
  tx: Tx,
  shopId: ShopId,
  { channel, recipientHash }: Message,
  now: Date,
): Promise<number> {
  const since = new Date(now.getTime() - SOFT_BOUNCE_DAYS * DAY);
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT e."messageId")::int AS count
    FROM "Message" m JOIN "MessageEvent" e ON e."shopId" = m."shopId" AND e."messageId" = m.id
    WHERE m."shopId" = ${shopId} AND m.channel = ${channel} AND m."recipientHash" = ${recipientHash}
      AND e.kind = 'soft-bounce' AND e."happenedAt" > greatest(${since}, (
        SELECT max(d."deliveredAt") FROM "Message" d
        WHERE d."shopId" = ${shopId} AND d.channel = ${channel} AND d."recipientHash" = ${recipientHash}), (
        SELECT s."liftedAt" FROM "Suppression" s
        WHERE s."shopId" = ${shopId} AND s.channel = ${channel} AND s."addressHash" = ${recipientHash}))`;
  return row?.count ?? 0;
}

/**
 * Somebody answered STOP: nothing more goes to this number on this channel, until they answer START. That brings back what
 * stood before, and agrees to nothing new: news about orders, marketing only to who had agreed to it. Without a STOP before,
 * START says nothing: "Yes" is also how people answer what a message about their order asks them.
 */
export async function recordStop(
  tx: Tx,
  shopId: ShopId,
  { channel, phone, word, sourceKey, now }: StopWord,
  keys: Keys,
): Promise<void> {
  const whose = { channel, address: phone };
  const takesBack = isStart(word);
  if (takesBack && !(await hasSaidStop(tx, shopId, whose, keys))) return;
  const last = await tx.message.findFirst({
    where: { shopId, channel, recipient: phone },
    orderBy: { id: "desc" },
    select: { customerGid: true },
  });
  const current = await consentOf(tx, shopId, whose, keys);
  const change = {
    ...{ ...whose, text: word.slice(0, 50), sourceKey, changedAt: now },
    customerGid: last?.customerGid ?? null,
    // Kept over the STOP: Shopify is told the level again when they come back.
    optInLevel: current?.optInLevel,
  };
  if (takesBack) {
    const state = await stateBeforeStop(tx, shopId, whose, keys);
    const told = await recordConsent(tx, shopId, { ...change, source: "start", state }, keys);
    // The same START told again must not end a STOP that came after it.
    if (told.status !== "already-recorded") await unsuppress(tx, shopId, whose, ["stop"], keys);
  } else {
    const stopped = { ...change, source: "stop", state: "unsubscribed" } as const;
    const told = await recordConsent(tx, shopId, stopped, keys);
    if (told.status !== "already-recorded")
      await suppress(tx, shopId, { ...whose, reason: "stop", now }, keys);
  }
}

export type StopWord = {
  channel: "sms" | "whatsapp";
  phone: string;
  /** What the person wrote. */
  word: string;
  sourceKey: string;
  now: Date;
};

/** Twilio's own words, and those that people use in our languages. */
const STOP = [
  "stop",
  "stopall",
  "unsubscribe",
  "cancel",
  "end",
  "quit",
  "revoke",
  "optout",
  "stopp",
  "abmelden",
  "arret",
  "arrêt",
  "désabonner",
  "baja",
  "cancelar",
  "parar",
];
const START = ["start", "unstop", "yes"];

export function isStop(text: string): boolean {
  return STOP.includes(plain(text));
}

export function isStart(text: string): boolean {
  return START.includes(plain(text));
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, "");
}
