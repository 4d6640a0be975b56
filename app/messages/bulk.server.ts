import type { PoolClient } from "pg";
import { contactSettingsOf, mayContactMany, type Keys } from "#app/contact-policy/contact-policy.server";
import type { Verdict } from "#app/contact-policy/contact";
import { shopperZone } from "#app/contact-policy/shopper-zone";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { runningOn } from "#app/experiments/experiments.server";
import type { Customer, Message, Shop } from "#app/generated/prisma/client";
import type { Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { personKey } from "./addresses.server";
import { allBlocks, type BlockType } from "./blocks";
import type { Mail } from "./channels/channel";
import { fill } from "./compiled";
import type { TemplateKey } from "./default-templates";
import { isOutranked, type SuppressionReason } from "./judge.server";
import { linkCollector, ownLinks } from "./message-links.server";
import { orderFilling } from "./order-filling.server";
import { touchOf } from "./outbox.server";
import { mailOf, type MailConfig } from "./prepare.server";
import { compiledTemplate, liveTemplate, templateState } from "./templates.server";

/**
 * The fast lane for campaigns: mails of one template to many customers, about no order. A batch is judged and written
 * with a handful of statements, whatever its size; the rules are those of the outbox. While it is in hand, its messages
 * are due later (`LEASE_MS`): a worker that dies leaves them to the next one. Each counts as in flight only from just
 * before its own hand-over. Templates whose blocks ask for something per person go the ordinary way.
 */
const LEASE_MS = 10 * 60_000;

const DAY = 24 * 60 * 60 * 1000;

/** What these blocks show is decided or read for each person. */
const PERSONAL: readonly BlockType[] = ["offer", "survey", "rate", "tips"];

/** May mails of this template go in batches? */
export async function goesInBulk(tx: Tx, shopId: ShopId, templateKey: string): Promise<boolean> {
  const key = templateKey as TemplateKey;
  const state = await templateState(tx, shopId, key);
  if (state?.purpose !== "marketing" || (await runningOn(tx, shopId, "message", key))) return false;
  const { content } = await liveTemplate(tx, shopId, key);
  return !allBlocks(content.blocks).some(({ type }) => PERSONAL.includes(type));
}

export type BulkMail = { message: Message; mail: Mail };

/**
 * Takes those of these messages that are due, judges them and writes those that may go. All are of one template. What
 * may not go is recorded with its reason.
 */
export async function writeBulk(
  tx: Tx,
  shopId: ShopId,
  ids: string[],
  config: MailConfig,
): Promise<BulkMail[]> {
  const { secret, now } = config;
  const taken = await take(tx, shopId, ids, now);
  if (taken.length === 0) return [];
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const customers = await customersOf(tx, shopId, taken);
  const going = await judgeAll(tx, shopId, taken, { shop, customers }, { secret, now });
  const touches = going.map((message) => ({
    shopId,
    id: newId(now),
    ...touchOf(message, message.templateKey, true, now),
  }));
  await tx.touch.createMany({ data: touches, skipDuplicates: true });
  return write(tx, shopId, going, { shop, customers }, config);
}

/** Others who want to reach one of these people wait until this transaction ends, always in the same order. */
async function take(tx: Tx, shopId: ShopId, ids: string[], now: Date): Promise<Message[]> {
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const taken = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Message" SET "dueAt" = ${leasedUntil}
    WHERE "shopId" = ${shopId} AND id = ANY (${ids}::uuid[]) AND state = 'queued' AND "dueAt" <= ${now}
    RETURNING id::text`;
  const messages = await tx.message.findMany({
    where: { shopId, id: { in: taken.map(({ id }) => id) } },
    orderBy: { customerGid: "asc" },
  });
  const keys = messages.map((message) => `${shopId}:${personKey(message)}`);
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended(k, 0))::text) FROM unnest(${keys}::text[]) AS k`;
  // A worker that died may have counted them already.
  const own = messages.map((message) => touchOf(message, message.templateKey, true, now).sourceKey);
  await tx.touch.deleteMany({ where: { shopId, sourceKey: { in: own } } });
  return messages;
}

type People = { shop: Shop; customers: Map<string, Customer> };

async function customersOf(tx: Tx, shopId: ShopId, messages: Message[]): Promise<Map<string, Customer>> {
  const gids = messages.map(({ customerGid }) => customerGid!);
  const rows = await tx.customer.findMany({ where: { shopId, gid: { in: gids } } });
  return new Map(rows.map((row) => [row.gid, row]));
}

async function judgeAll(
  tx: Tx,
  shopId: ShopId,
  messages: Message[],
  { shop, customers }: People,
  { secret, now }: Keys & { now: Date },
): Promise<Message[]> {
  const [{ templateKey }] = messages as [Message];
  const { surfaces } = await settingsOf(tx, shopId);
  const template = await templateState(tx, shopId, templateKey as TemplateKey);
  const rules = await contactSettingsOf(tx, shopId);
  const forAll: SuppressionReason | null =
    shop.status !== "installed"
      ? "uninstalled"
      : !surfaces.message
        ? "messages-off"
        : !template?.enabled
          ? "template-off"
          : null;
  const questions = messages.map((message) => {
    const country = customers.get(message.customerGid!)?.country ?? null;
    return {
      personKey: personKey(message),
      address: message.recipient ?? "",
      channel: "email",
      purpose: "marketing",
      messageType: templateKey,
      now,
      timezone: shopperZone(country, shop),
      country,
      rules,
    } as const;
  });
  const verdicts = forAll ? [] : await mayContactMany(tx, shopId, questions, { secret });
  const contended = await withWeightier(tx, shopId, messages, now);
  const going: Message[] = [];
  for (const [at, message] of messages.entries()) {
    const outcome = forAll ?? outcomeOf(message, verdicts[at]!);
    const isLess = contended.has(message.id) && (await isOutranked(tx, shopId, message, now));
    if (outcome === "go" && !isLess) going.push(message);
    else await putBack(tx, message, outcome === "go" ? "outranked" : outcome, now);
  }
  return going;
}

/** Messages whose person has a weightier one waiting: few, so only these are looked at closely. */
async function withWeightier(
  tx: Tx,
  shopId: ShopId,
  messages: Message[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const weightier = await tx.message.findMany({
    where: {
      shopId,
      customerGid: { in: messages.map(({ customerGid }) => customerGid!) },
      state: "queued",
      purpose: "marketing",
      priority: { gt: Math.min(...messages.map(({ priority }) => priority)) },
      dueAt: { lte: new Date(now.getTime() + DAY) },
    },
    select: { customerGid: true },
  });
  const whose = new Set(weightier.map(({ customerGid }) => customerGid));
  return new Set(messages.filter(({ customerGid }) => whose.has(customerGid)).map(({ id }) => id));
}

function outcomeOf(message: Message, verdict: Verdict): "go" | Date | SuppressionReason {
  if (!message.recipient) return "no-address";
  if (verdict.allowed) return "go";
  return verdict.reason === "quiet-hours" && verdict.until ? verdict.until : verdict.reason;
}

async function putBack(
  tx: Tx,
  { shopId, id }: Message,
  outcome: Date | SuppressionReason,
  now: Date,
): Promise<void> {
  await tx.message.update({
    where: { shopId_id: { shopId, id } },
    data:
      outcome instanceof Date ? { dueAt: outcome } : { state: "suppressed", reason: outcome, endedAt: now },
  });
}

async function write(
  tx: Tx,
  shopId: ShopId,
  messages: Message[],
  { shop, customers }: People,
  config: MailConfig,
): Promise<BulkMail[]> {
  if (messages.length === 0) return [];
  const { brand } = await settingsOf(tx, shopId);
  const template = await liveTemplate(tx, shopId, messages[0]!.templateKey as TemplateKey);
  const links: { shopId: number; messageId: string; position: number; url: string; role: string }[] = [];
  const mails: BulkMail[] = [];
  for (const message of messages) {
    const locale = message.locale as Locale;
    const compiled = await compiledTemplate(shopId, template, { brand, shopName: shop.name, locale });
    const filling = await orderFilling(tx, shopId, {
      orderGid: null,
      customerGid: message.customerGid,
      customer: customers.get(message.customerGid!) ?? null,
      parcelId: null,
      shop,
      locale,
      extras: {},
      trackingUrl: null,
      own: ownLinks(shopId, message.id, config),
      blocks: template.content.blocks,
    });
    for (const condition of ["unsubscribe", "tracked", "agreed", "marketing"] as const)
      (filling.conditions as Set<string>).add(condition);
    const { rows, link } = linkCollector(shopId, message.id, config);
    const rendered = fill(compiled, { ...filling, link });
    links.push(...rows.map((row) => ({ shopId, messageId: message.id, ...row })));
    mails.push({ message, mail: mailOf(message, rendered, { shop, brand }, config) });
  }
  const ids = messages.map(({ id }) => id);
  // Written before by a worker that died, they have the same links.
  if (links.length > 0) await tx.messageLink.createMany({ data: links, skipDuplicates: true });
  await tx.message.updateMany({
    where: { shopId, id: { in: ids } },
    data: { templateVersion: template.version },
  });
  return mails;
}

/**
 * Notes, before they are handed over, that these mails are in flight.
 * @param client in a transaction bound to the shop: the hot path speaks to Postgres itself
 * @returns those that may be handed over; the others were taken back in the meantime
 */
export async function startMany(
  client: PoolClient,
  shopId: ShopId,
  ids: string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    `UPDATE "Message" SET state = 'sending', "sendingAt" = $3, attempts = attempts + 1
     WHERE "shopId" = $1 AND id = ANY ($2::uuid[]) AND state = 'queued' RETURNING id::text`,
    [shopId, ids, now],
  );
  return new Set(rows.map(({ id }) => id));
}

export type Sent = { id: string; providerId: string };

/** Records mails that the mail server has taken, each with its own answer. Their touches were recorded when written. */
export async function recordSentMany(
  client: PoolClient,
  shopId: ShopId,
  sent: Sent[],
  now: Date,
): Promise<void> {
  if (sent.length === 0) return;
  await client.query(
    `UPDATE "Message" m
     SET state = 'sent', "providerId" = s."providerId", "sentAt" = $3, reason = NULL, "endedAt" = NULL
     FROM unnest($2::uuid[], $4::text[]) AS s(id, "providerId")
     WHERE m."shopId" = $1 AND m.id = s.id AND m.state IN ('sending', 'unknown')`,
    [shopId, sent.map(({ id }) => id), now, sent.map(({ providerId }) => providerId)],
  );
}
