import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { runningOn } from "#app/experiments/experiments.server";
import type { Customer, Message } from "#app/generated/prisma/client";
import { mainLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { personKey } from "./addresses.server";
import { judgeAll, type Known } from "./bulk-judge.server";
import { allBlocks, type BlockType } from "./blocks";
import type { Mail } from "./channels/channel";
import { fill } from "./compiled";
import type { TemplateKey } from "./default-templates";
import { linkCollector, ownLinks, type LinkRow } from "./message-links.server";
import { orderFilling } from "./order-filling.server";
import { touchOf } from "./message-touches.server";
import { mailOf, type MailConfig } from "./prepare.server";
import { compiledTemplate, liveTemplate, templateState } from "./templates.server";

/**
 * The fast lane for campaigns: mails of one template to many customers, about no order. A batch is judged and written
 * with a handful of statements, whatever its size; the rules are those of the outbox. While it is in hand, its messages
 * are due later (`LEASE_MS`): a worker that dies leaves them to the next one. Each counts as in flight only from just
 * before its own hand-over. Templates whose blocks ask for something per person go the ordinary way.
 */
const LEASE_MS = 10 * 60_000;

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
  const first = await tx.message.findFirst({
    where: { shopId, id: { in: ids } },
    select: { templateKey: true },
  });
  if (!first) return [];
  const template = await liveTemplate(tx, shopId, first.templateKey as TemplateKey);
  const taken = await take(tx, shopId, ids, { version: template.version, now });
  if (taken.length === 0) return [];
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const settings = await settingsOf(tx, shopId);
  const people = { shop, settings, template, customers: await customersOf(tx, shopId, taken) };
  const going = await judgeAll(tx, shopId, taken, people, { secret, now });
  await recordTouches(tx, shopId, going, now);
  return write(tx, shopId, going, people, config);
}

/** Others who want to reach one of these people wait until this transaction ends, always in the same order. */
async function take(
  tx: Tx,
  shopId: ShopId,
  ids: string[],
  { version, now }: { version: number; now: Date },
): Promise<Message[]> {
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const messages = await tx.$queryRaw<Message[]>`
    UPDATE "Message" SET "dueAt" = ${leasedUntil}, "templateVersion" = ${version}
    WHERE "shopId" = ${shopId} AND id = ANY (${ids}::uuid[]) AND state = 'queued' AND "dueAt" <= ${now}
    RETURNING *`;
  const keys = messages.map((message) => `${shopId}:${personKey(message)}`).sort();
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended(k, 0))::text) FROM unnest(${keys}::text[]) AS k`;
  // A worker that died may have counted them already.
  const own = messages.map((message) => touchOf(message, message.templateKey, true, now).sourceKey);
  await tx.$executeRaw`
    DELETE FROM "Touch" WHERE "shopId" = ${shopId} AND "sourceKey" = ANY (${own}::text[])`;
  return messages;
}

async function customersOf(tx: Tx, shopId: ShopId, messages: Message[]): Promise<Map<string, Customer>> {
  const gids = messages.map(({ customerGid }) => customerGid!);
  const rows = await tx.$queryRaw<Customer[]>`
    SELECT * FROM "Customer" WHERE "shopId" = ${shopId} AND gid = ANY (${gids}::text[])`;
  return new Map(rows.map((row) => [row.gid, row]));
}

/** Each mail counts as a touch from now on: two campaigns to one person cannot both find room. */
async function recordTouches(tx: Tx, shopId: ShopId, going: Message[], now: Date): Promise<void> {
  const touches = going.map((message) => ({
    id: newId(now),
    ...touchOf(message, message.templateKey, true, now),
  }));
  await tx.$executeRaw`
    INSERT INTO "Touch" ("shopId", id, "personKey", channel, kind, marketing, "sourceKey", "happenedAt")
    SELECT ${shopId}, t.id, t."personKey", t.channel, t.kind, t.marketing, t."sourceKey", t."happenedAt"
    FROM jsonb_to_recordset(${JSON.stringify(touches)}::jsonb) AS t(
      id uuid, "personKey" text, channel text, kind text, marketing boolean, "sourceKey" text,
      "happenedAt" timestamptz)
    ON CONFLICT DO NOTHING`;
}

async function write(
  tx: Tx,
  shopId: ShopId,
  messages: Message[],
  { shop, settings: { brand, locales }, template, customers }: Known,
  config: MailConfig,
): Promise<BulkMail[]> {
  const links: ({ messageId: string } & LinkRow)[] = [];
  const mails: BulkMail[] = [];
  for (const message of messages) {
    const locale = message.locale as Locale;
    const compiled = await compiledTemplate(shopId, template, {
      ...{ brand, shopName: shop.name },
      ...{ locale, main: mainLocale(locales) },
    });
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
    links.push(...rows.map((row) => ({ messageId: message.id, ...row })));
    mails.push({ message, mail: mailOf(message, rendered, { shop, brand }, config) });
  }
  // Written before by a worker that died, they have the same links.
  await tx.$executeRaw`
    INSERT INTO "MessageLink" ("shopId", "messageId", position, url, role)
    SELECT ${shopId}, l."messageId", l.position, l.url, l.role
    FROM jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS l(
      "messageId" uuid, position int, url text, role text)
    ON CONFLICT DO NOTHING`;
  return mails;
}
