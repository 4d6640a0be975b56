import { OPEN_CASE } from "#app/cases/case";
import { activeHolds, consentOf } from "#app/contact-policy/contact-policy.server";
import { customerByGid } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import { balanceOf, memberOf } from "#app/loyalty/loyalty.server";
import { orderByGid, type OrderWithLines } from "#app/orders/orders.server";
import type { ExceptionKind } from "#app/parcels/exception";
import { exceptionById, rulesOf } from "#app/parcels/exceptions.server";
import { isAllDelivered, parcelById, parcelsOfOrder } from "#app/parcels/parcels.server";
import { nearestLocale } from "#app/shops/settings";
import { attributeOf, CUSTOM_ATTRIBUTE, type AttributeValues, type Condition } from "./conditions";
import type { Topic } from "./triggers";

/** What conditions ask, read fresh: only the topics that are asked about. */

/** Who and what a journey is about. */
export type Traveller = {
  personKey: string;
  customerGid: string | null;
  orderGid: string | null;
  parcelId: string | null;
  about: About;
  /** Facts that came since the start. */
  heard: readonly string[];
};

/** Further ids, kept as JSON. */
export type About = {
  exceptionId?: string;
  responseId?: string;
  variantGid?: string;
  refundGid?: string;
  caseId?: string;
};

type Reader = {
  tx: Tx;
  shopId: ShopId;
  secret: string;
  now: Date;
  /** Where the asker has read it already. */
  order?: OrderWithLines | null;
};

const DAY = 24 * 60 * 60 * 1000;

/** The values behind these conditions. What nobody asks about is not read, and may be missing. */
export async function valuesFor(
  conditions: readonly Condition[],
  traveller: Traveller,
  reader: Reader,
): Promise<AttributeValues> {
  const asked = new Set(conditions.map(({ attribute }) => attribute));
  const topics = new Set(conditions.map(({ attribute }) => attributeOf(attribute)?.topic));
  let values: Record<string, AttributeValues[string]> = {};
  for (const topic of topics) {
    if (topic) values = { ...values, ...(await READERS[topic](traveller, reader, asked)) };
  }
  return values;
}

type TopicReader = (
  traveller: Traveller,
  reader: Reader,
  asked: ReadonlySet<string>,
) => Promise<AttributeValues> | AttributeValues;

const READERS: Record<Topic, TopicReader> = {
  order: orderValues,
  customer: customerValues,
  parcel: parcelValues,
  exception: exceptionValues,
  answer: answerValues,
  points: pointsValues,
  product: productValues,
  journey: ({ heard }) => Object.fromEntries(heard.map((fact) => [`happened:${fact}`, true])),
};

/** Shopify's names of the places where orders come from. */
const SOURCES: Record<string, string> = { web: "online", pos: "till", shopify_draft_order: "staff" };

/** The order that a traveller is about. */
async function orderOf(
  { orderGid }: Traveller,
  { tx, shopId, order }: Reader,
): Promise<OrderWithLines | null> {
  if (!orderGid) return null;
  return order?.gid === orderGid ? order : orderByGid(tx, shopId, orderGid);
}

const OF_PARCELS = ["order.parcels", "order.all-delivered"];
const OF_PRODUCTS = ["order.product-types", "order.product-tags"];

async function orderValues(
  traveller: Traveller,
  reader: Reader,
  asked: ReadonlySet<string>,
): Promise<AttributeValues> {
  const { tx, shopId } = reader;
  const order = await orderOf(traveller, reader);
  if (!order) return {};
  const asksParcels = OF_PARCELS.some((attribute) => asked.has(attribute));
  const parcels = asksParcels ? await parcelsOfOrder(tx, shopId, order.gid) : null;
  const asksProducts = OF_PRODUCTS.some((attribute) => asked.has(attribute));
  const products = asksProducts ? await productsIn(tx, shopId, order) : [];
  return {
    "order.total": order.totalMinor,
    "order.items": order.lines.reduce((sum, line) => sum + line.quantity, 0),
    "order.is-first": order.isFirst,
    "order.source": SOURCES[order.sourceName ?? ""] ?? "other",
    "order.country": order.country || null,
    "order.products": productsOf(order),
    "order.product-types": products.map(({ productType }) => productType).filter(Boolean),
    "order.product-tags": products.flatMap(({ tags }) => tags),
    "order.discounted": order.discountMinor > 0,
    ...(parcels && {
      "order.parcels": parcels.length,
      "order.all-delivered": isAllDelivered(order, parcels),
    }),
    "order.cancelled": order.cancelledAt !== null,
    "order.fully-refunded": order.totalMinor > 0 && order.refundedMinor >= order.totalMinor,
  };
}

async function productsIn(tx: Tx, shopId: ShopId, order: OrderWithLines) {
  return tx.product.findMany({
    where: { shopId, gid: { in: productsOf(order) } },
    select: { productType: true, tags: true },
  });
}

function productsOf({ lines }: OrderWithLines): string[] {
  return lines.flatMap(({ productGid }) => productGid ?? []);
}

const OF_HOLDS = ["customer.open-exception", "customer.open-case"];

async function customerValues(
  traveller: Traveller,
  reader: Reader,
  asked: ReadonlySet<string>,
): Promise<AttributeValues> {
  const { tx, shopId, secret, now } = reader;
  const { customerGid, personKey } = traveller;
  const order = await orderOf(traveller, reader);
  const customer = customerGid ? await customerByGid(tx, shopId, customerGid) : null;
  const address = customer?.email ?? order?.email ?? null;
  const asksConsent = address !== null && asked.has("customer.subscribed");
  const consent = asksConsent ? await consentOf(tx, shopId, { channel: "email", address }, { secret }) : null;
  const asksHolds = OF_HOLDS.some((attribute) => asked.has(attribute));
  const holds = asksHolds ? await activeHolds(tx, shopId, personKey, now) : [];
  const locale = customer?.locale ?? order?.locale ?? null;
  const attributes = (customer?.attributes ?? {}) as Record<string, unknown>;
  return {
    "customer.orders": customer?.ordersCount ?? null,
    "customer.spent": customer ? Number(customer.spentMinor) : null,
    "customer.tags": customer?.tags ?? [],
    "customer.country": customer?.country ?? (order?.country || null),
    "customer.language": locale && nearestLocale(locale),
    "customer.days-since-order": customer?.lastOrderAt
      ? Math.floor((now.getTime() - customer.lastOrderAt.getTime()) / DAY)
      : null,
    "customer.subscribed": consent?.state === "subscribed",
    "customer.member": asked.has("customer.member") && Boolean(await memberFor(traveller, reader)),
    "customer.open-exception": holds.some(({ reason }) => reason === "late-parcel"),
    "customer.open-case": holds.some(({ reason }) => reason === OPEN_CASE),
    ...Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [CUSTOM_ATTRIBUTE + name, String(value)]),
    ),
  };
}

async function memberFor({ customerGid, orderGid }: Traveller, { tx, shopId }: Reader) {
  if (!customerGid && !orderGid) return null;
  return memberOf(tx, shopId, { orderGid: orderGid ?? "", customerGid });
}

async function parcelValues({ parcelId }: Traveller, { tx, shopId }: Reader): Promise<AttributeValues> {
  const parcel = parcelId ? await parcelById(tx, shopId, parcelId) : null;
  if (!parcel) return {};
  const { carrier, status, handover, way } = parcel;
  return {
    "parcel.carrier": carrier,
    "parcel.status": status,
    "parcel.handover": handover ?? "unknown",
    "parcel.way": way,
  };
}

async function exceptionValues({ about }: Traveller, { tx, shopId }: Reader): Promise<AttributeValues> {
  const exception = about.exceptionId ? await exceptionById(tx, shopId, about.exceptionId) : null;
  if (!exception) return {};
  const { tell } = await rulesOf(tx, shopId);
  return {
    "exception.kind": exception.kind,
    "exception.tell": tell[exception.kind as ExceptionKind] ?? false,
    "exception.open": exception.closedAt === null,
  };
}

async function answerValues({ about }: Traveller, { tx, shopId }: Reader): Promise<AttributeValues> {
  if (!about.responseId) return {};
  const response = await tx.surveyResponse.findUnique({
    where: { shopId_id: { shopId, id: about.responseId } },
  });
  if (!response) return {};
  return {
    "answer.survey": response.surveyId,
    "answer.score": response.score,
    "answer.has-comment": Boolean(response.comment),
  };
}

async function pointsValues(traveller: Traveller, reader: Reader): Promise<AttributeValues> {
  const member = await memberFor(traveller, reader);
  if (!member) return {};
  const { points, pendingPoints } = await balanceOf(reader.tx, reader.shopId, member.id);
  return { "points.available": points, "points.pending": pendingPoints };
}

async function productValues(traveller: Traveller, { tx, shopId }: Reader): Promise<AttributeValues> {
  const { variantGid } = traveller.about;
  if (!variantGid) return {};
  const variant = await tx.variant.findUnique({
    where: { shopId_gid: { shopId, gid: variantGid } },
    include: { product: true },
  });
  if (!variant) return {};
  const { product } = variant;
  return {
    "product.title": product.title,
    "product.type": product.productType || null,
    "product.available": variant.available && !product.deletedAt && product.status === "ACTIVE",
    "product.reordered": await isReordered(tx, shopId, variantGid, traveller),
  };
}

/** Whether the person bought this variant again after the order that it is about. */
async function isReordered(
  tx: Tx,
  shopId: ShopId,
  variantGid: string,
  { customerGid, orderGid }: Traveller,
): Promise<boolean> {
  if (!customerGid || !orderGid) return false;
  const first = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } } });
  if (!first) return false;
  const again = await tx.order.count({
    where: {
      shopId,
      customerGid,
      cancelledAt: null,
      placedAt: { gt: first.placedAt },
      lines: { some: { variantGid } },
    },
  });
  return again > 0;
}
