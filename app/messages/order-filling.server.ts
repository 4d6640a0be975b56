import { customerByGid } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Customer, Parcel, Shop } from "#app/generated/prisma/client";
import { orderByGid, type OrderWithLines } from "#app/orders/orders.server";
import { expectedFor } from "#app/parcels/expected";
import { numbersLeaving, parcelById } from "#app/parcels/parcels.server";
import type { Locale } from "#app/shops/settings";
import { blockFilling, shownTo } from "./block-filling.server";
import type { Block } from "./blocks";
import type { Condition, Filling } from "./compiled";
import { safeUrl } from "./escape";
import type { MailSurveyPort } from "./mail-survey";
import type { MessageExtras } from "./outbox.server";
import type { Value, Values } from "./variables";

/** Our own links in a mail, as whole addresses. */
export type OwnLinks = {
  unsubscribe: string;
  preferences: string;
  open: string;
  honeypot: string;
  /** Works in the mail that asks to confirm only. */
  confirm: string;
};

type Wanted = {
  /** Null: the message is about no order. */
  orderGid: string | null;
  /** Whom it is for, where the order does not tell. */
  customerGid?: string | null;
  /** Where the asker has read them already, for many messages at once. */
  customer?: Customer | null;
  parcelId: string | null;
  shop: Pick<Shop, "name" | "domain" | "email" | "timezone">;
  locale: Locale;
  extras: MessageExtras;
  /** The order's tracking page; null in previews and test mails, where the carrier's own stands in. */
  trackingUrl: string | null;
  /** Null in previews and test mails: nothing is tracked there. */
  own: OwnLinks | null;
  /** Of the template, for what only some blocks need. */
  blocks: Block[];
  surveyFor?: MailSurveyPort;
};

const MOST_ITEMS = 20;

/** What a real order fills a template with, read fresh. An order we do not know leaves its blocks out. */
export async function orderFilling(tx: Tx, shopId: ShopId, wanted: Wanted): Promise<Omit<Filling, "link">> {
  const { shop, locale, extras, own } = wanted;
  const order = wanted.orderGid ? await orderByGid(tx, shopId, wanted.orderGid) : null;
  const customerGid = order?.customerGid ?? wanted.customerGid;
  const customer = wanted.customer ?? (customerGid ? await customerByGid(tx, shopId, customerGid) : null);
  const parcel = wanted.parcelId ? await parcelById(tx, shopId, wanted.parcelId) : null;
  const { points, nps } = extras;
  const extra = await blockFilling(tx, shopId, {
    blocks: wanted.blocks,
    order,
    customerGid: customerGid ?? null,
    parcel,
    locale,
    surveyFor: wanted.surveyFor,
  });

  const values = new Map<string, Value>([
    ["shop.name", shop.name],
    ["shop.url", `https://${shop.domain}/`],
    ["shop.email", shop.email],
    ["customer.first_name", customer?.firstName ?? null],
    ["customer.last_name", customer?.lastName ?? null],
    ...(order ? orderValues(order, shop.domain) : []),
    ...(parcel ? parcelValues(parcel, wanted.trackingUrl, await numbersLeaving(tx, shopId, parcel)) : []),
    ["points.program", points?.program ?? null],
    ["points.available", points?.available ?? null],
    ["points.pending", points?.pending ?? null],
    ["code.code", extras.code?.code ?? null],
    ["code.percent", extras.code?.percent ?? null],
    // It ends with the first moment after its last day.
    ["code.ends", extras.code ? new Date(Date.parse(extras.code.endsAt) - 1) : null],
    ["product.title", extras.product?.title ?? null],
    ["product.url", extras.product?.url ?? null],
    ["consent.confirm_url", own?.confirm ?? null],
    ["survey.url", extras.surveyUrl ?? null],
    ["review.url", extras.reviewUrl ?? null],
    ["case.reply", extras.caseReply?.text ?? null],
    ["case.url", extras.caseReply?.url ?? null],
    ...extra.values,
    ...(nps ?? []).map((url, score): [string, Value] => [`nps.${score}`, url]),
    ...Object.entries(own ?? {}).map(([name, url]): [string, Value] => [`links.${name}`, url]),
  ]);
  const shows: [Condition, boolean][] = [
    ["products", (order?.lines.length ?? 0) > 0],
    ["tracking", Boolean(parcel)],
    ["tracking-link", Boolean(parcel && (wanted.trackingUrl || safeUrl(parcel.trackingUrl ?? "")))],
    ["expected", Boolean(parcel && expectedFor(parcel))],
    ["points", Boolean(points)],
    ["nps", nps?.length === 11],
  ];
  return {
    values,
    items: order ? await itemValues(tx, shopId, order) : [],
    conditions: new Set([
      ...shows.filter(([, isShown]) => isShown).map(([condition]) => condition),
      ...extra.conditions,
    ]),
    lists: extra.lists,
    to: shownTo(order, customer, Boolean(points)),
    reader: { locale, timezone: shop.timezone },
  };
}

function orderValues(order: OrderWithLines, domain: string): [string, Value][] {
  return [
    ["order.name", order.name],
    ["order.total", { minor: order.totalMinor, currency: order.currency }],
    ["order.date", order.placedAt],
    ["order.items", order.lines.reduce((sum, line) => sum + line.quantity, 0)],
    ["order.first_item", order.lines[0]?.title ?? null],
    ["order.status_url", order.statusUrl ?? `https://${domain}/account`],
  ];
}

function parcelValues(
  parcel: Parcel,
  trackingUrl: string | null,
  trackingNumber: string | null,
): [string, Value][] {
  return [
    ["parcel.carrier", parcel.carrier],
    ["parcel.tracking_number", trackingNumber],
    ["parcel.tracking_url", trackingUrl ?? parcel.trackingUrl],
    ["parcel.estimated_delivery", expectedFor(parcel)?.until ?? null],
    ["parcel.delivered", parcel.deliveredAt],
  ];
}

async function itemValues(tx: Tx, shopId: ShopId, order: OrderWithLines): Promise<Values[]> {
  const lines = order.lines.slice(0, MOST_ITEMS);
  const gids = lines.map((line) => line.productGid).filter((gid): gid is string => gid !== null);
  const products = await tx.product.findMany({
    where: { shopId, gid: { in: gids } },
    select: { gid: true, imageUrl: true },
  });
  const imageOf = new Map(products.map((product) => [product.gid, product.imageUrl]));
  return lines.map((line) => {
    const minor = line.priceMinor * line.quantity - line.discountMinor;
    return new Map<string, Value>([
      ["item.title", line.title],
      ["item.quantity", line.quantity],
      ["item.total", { minor, currency: order.currency }],
      ["item.image", imageOf.get(line.productGid ?? "") ?? null],
    ]);
  });
}
