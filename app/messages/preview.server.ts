import type { Purpose } from "#app/contact-policy/contact";
import type { ShopId, Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { parcelsOfOrder } from "#app/parcels/parcels.server";
import { mainLocale, type Brand, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { blockFilling } from "./block-filling.server";
import type { Content, ContentProblem } from "./blocks";
import { checkContent } from "./check-content";
import type { Mail } from "./channels/channel";
import { compileTemplate } from "./compile";
import { fill, fillShort, type Condition, type Filling, type RenderedMail } from "./compiled";
import { escapeHeader, plainAddress } from "./escape";
import type { MailSurveyPort } from "./mail-survey";
import { orderFilling } from "./order-filling.server";
import { SAMPLE_REPLY, sampleFilling } from "./sample";

/** How an edited template would look, before anything is saved: with a real order or with the sample. */
export type PreviewRequest = {
  content: Content;
  locale: Locale;
  orderGid: string | null;
  /** As somebody sees it who agreed to marketing, or who did not. */
  agreed: boolean;
  /** Left out: transactional. */
  purpose?: Purpose;
  /** A look that is not saved yet; left out: the shop's own. */
  brand?: Brand;
};

export type Preview =
  ({ status: "rendered"; short: string } & RenderedMail) | { status: "invalid"; problems: ContentProblem[] };

type PreviewShop = Pick<Shop, "name" | "domain" | "email" | "currency" | "timezone">;

export async function previewOf(
  tx: Tx,
  shopId: ShopId,
  shop: PreviewShop,
  request: PreviewRequest,
  surveyFor: MailSurveyPort,
): Promise<Preview> {
  const { content, locale, purpose } = request;
  const problems = checkContent(content);
  if (problems.length > 0) return { status: "invalid", problems };
  const { locales, ...settings } = await settingsOf(tx, shopId);
  const brand = request.brand ?? settings.brand;
  const main = mainLocale(locales);
  const compiled = await compileTemplate(content, { brand, shopName: shop.name, locale, main, purpose });
  const filling = await previewFilling(tx, shopId, shop, request, surveyFor);
  return { status: "rendered", ...fill(compiled, filling), short: fillShort(compiled, filling) };
}

/** A mail that looks like the real one and says that it is a test. Nothing is tracked or counted. */
export async function testMail(
  tx: Tx,
  shopId: ShopId,
  shop: PreviewShop,
  request: PreviewRequest,
  surveyFor: MailSurveyPort,
  { mailFrom, to, messageId }: { mailFrom: string; to: string; messageId: string },
): Promise<{ status: "ready"; mail: Mail } | Extract<Preview, { status: "invalid" }>> {
  const preview = await previewOf(tx, shopId, shop, request, surveyFor);
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
  { content, locale, orderGid, agreed }: PreviewRequest,
  surveyFor: MailSurveyPort,
): Promise<Filling> {
  const url = `https://${shop.domain}/`;
  const link = (address: string) => address;
  const { blocks } = content;
  if (!orderGid) {
    const sample = sampleFilling(locale, { ...shop, url });
    const nobody = { order: null, customerGid: null, parcel: null };
    const extra = await blockFilling(tx, shopId, { blocks, locale, surveyFor, ...nobody });
    const conditions = new Set([...sample.conditions, ...extra.conditions]);
    return {
      ...sample,
      values: new Map([...sample.values, ...extra.values]),
      lists: new Map([...sample.lists!, ...extra.lists]),
      conditions: agreed ? conditions : without(conditions, MARKETING),
      link,
    };
  }
  const [parcel] = await parcelsOfOrder(tx, shopId, orderGid);
  const real = await orderFilling(tx, shopId, {
    orderGid,
    parcelId: parcel?.id ?? null,
    shop,
    locale,
    extras: {
      points: { program: "Rewards", available: 120, pending: 54 },
      nps: Array.from({ length: 11 }, () => url),
      reviewUrl: url,
      caseReply: { text: SAMPLE_REPLY, url },
    },
    trackingUrl: null,
    own: { unsubscribe: url, preferences: url, open: url, honeypot: url, confirm: url },
    blocks,
    surveyFor,
  });
  const shown: Condition[] = agreed ? ["unsubscribe", "marketing", "agreed"] : ["unsubscribe"];
  return { ...real, conditions: new Set([...real.conditions, ...shown]), link };
}

const MARKETING: Condition[] = ["marketing", "offer", "agreed"];

function without(conditions: Set<Condition>, taken: Condition[]): Set<Condition> {
  return new Set([...conditions].filter((condition) => !taken.includes(condition)));
}

export type PreviewOrder = { gid: string; name: string; placedAt: Date };

/** Real orders to look at a template with, newest first. @param wanted part of an order's number or of an address; empty: any */
export async function previewOrders(tx: Tx, shopId: ShopId, wanted = ""): Promise<PreviewOrder[]> {
  const text = { contains: wanted, mode: "insensitive" } as const;
  return tx.order.findMany({
    where: { shopId, ...(wanted && { OR: [{ name: text }, { email: text }] }) },
    orderBy: { placedAt: "desc" },
    take: 20,
    select: { gid: true, name: true, placedAt: true },
  });
}
