import type { ShopId, Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { parcelsOfOrder } from "#app/parcels/parcels.server";
import type { Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import type { Content, ContentProblem } from "./blocks";
import { checkContent } from "./check-content";
import type { Mail } from "./channels/channel";
import { compileTemplate } from "./compile";
import { fill, fillShort, type Filling, type RenderedMail } from "./compiled";
import { escapeHeader, plainAddress } from "./escape";
import { orderFilling } from "./order-filling.server";
import { sampleFilling } from "./sample";

/** How an edited template would look, before anything is saved: with a real order or with the sample. */
export type PreviewRequest = { content: Content; locale: Locale; orderGid: string | null };

export type Preview =
  ({ status: "rendered"; short: string } & RenderedMail) | { status: "invalid"; problems: ContentProblem[] };

type PreviewShop = Pick<Shop, "name" | "domain" | "email" | "currency" | "timezone">;

export async function previewOf(
  tx: Tx,
  shopId: ShopId,
  shop: PreviewShop,
  { content, locale, orderGid }: PreviewRequest,
): Promise<Preview> {
  const problems = checkContent(content);
  if (problems.length > 0) return { status: "invalid", problems };
  const { brand } = await settingsOf(tx, shopId);
  const compiled = await compileTemplate(content, { brand, shopName: shop.name, locale });
  const filling = await previewFilling(tx, shopId, shop, locale, orderGid);
  return { status: "rendered", ...fill(compiled, filling), short: fillShort(compiled, filling) };
}

/** A mail that looks like the real one and says that it is a test. Nothing is tracked or counted. */
export async function testMail(
  tx: Tx,
  shopId: ShopId,
  shop: PreviewShop,
  request: PreviewRequest,
  { mailFrom, to, messageId }: { mailFrom: string; to: string; messageId: string },
): Promise<{ status: "ready"; mail: Mail } | Extract<Preview, { status: "invalid" }>> {
  const preview = await previewOf(tx, shopId, shop, request);
  if (preview.status === "invalid") return preview;
  const { brand } = await settingsOf(tx, shopId);
  const mail: Mail = {
    messageId: `${messageId}.test@${mailFrom.split("@")[1]}`,
    from: { name: escapeHeader(brand.senderName || shop.name), address: mailFrom },
    to,
    replyTo: plainAddress(brand.replyTo) ?? plainAddress(shop.email),
    subject: `[Test] ${preview.subject}`,
    html: preview.html,
    text: preview.text,
    headers: {},
  };
  return { status: "ready", mail };
}

async function previewFilling(
  tx: Tx,
  shopId: ShopId,
  shop: PreviewShop,
  locale: Locale,
  orderGid: string | null,
): Promise<Filling> {
  const url = `https://${shop.domain}/`;
  const sample = sampleFilling(locale, { ...shop, url });
  const link = (address: string) => address;
  if (!orderGid) return { ...sample, link };
  const [parcel] = await parcelsOfOrder(tx, shopId, orderGid);
  const real = await orderFilling(tx, shopId, {
    orderGid,
    parcelId: parcel?.id ?? null,
    shop,
    locale,
    extras: {
      points: { program: "Rewards", available: 120, pending: 54 },
      nps: Array.from({ length: 11 }, () => url),
    },
    trackingUrl: null,
    own: { unsubscribe: url, preferences: url, open: url, honeypot: url },
  });
  return { ...real, conditions: new Set([...real.conditions, "marketing", "unsubscribe"] as const), link };
}

export type PreviewOrder = { gid: string; name: string; placedAt: Date };

/** Real orders to look at a template with, newest first. */
export async function previewOrders(tx: Tx, shopId: ShopId): Promise<PreviewOrder[]> {
  return tx.order.findMany({
    where: { shopId },
    orderBy: { placedAt: "desc" },
    take: 20,
    select: { gid: true, name: true, placedAt: true },
  });
}
