import { mayContact, type NewTouch } from "#app/contact-policy/contact-policy.server";
import { shopperZone } from "#app/contact-policy/shopper-zone";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message, Prisma, Shop } from "#app/generated/prisma/client";
import type { Locale } from "#app/shops/settings";
import { trackingLink } from "#app/parcels/tracking-link";
import { parcelById } from "#app/parcels/parcels.server";
import { notePromise } from "#app/parcels/promises.server";
import { settingsOf } from "#app/shops/shops.server";
import { personKey } from "./addresses.server";
import type { Mail } from "./channels/channel";
import { fill, type Condition, type Filling } from "./compiled";
import type { TemplateKey } from "./default-templates";
import { escapeHeader, plainAddress } from "./escape";
import { countryOf } from "./judge.server";
import { linkCollector, ownLink, ownLinks, storeLinks } from "./message-links.server";
import { offerConditions, offerValues, type MailOffer, type MailOfferPort } from "./mail-offer";
import { orderFilling } from "./order-filling.server";
import { touchOf, type MessageExtras } from "./outbox.server";
import { returnPathOf } from "./return-path";
import { templateFor } from "./template-experiments.server";
import { compiledTemplate } from "./templates.server";

/** What sending needs from the process: addresses, the signing key, the time. */
export type MailConfig = {
  /** Public address of the app, without a trailing slash. */
  appUrl: string;
  secret: string;
  mailFrom: string;
  /** Address that undeliverable mails come back to; each mail gets its own with a plus. */
  bouncesTo?: string;
  now: Date;
  /** Left out: mails have no offer slot. */
  offerFor?: MailOfferPort;
};

export type PreparedMail = { mail: Mail; touches: NewTouch[] };

/** Renders a claimed mail for its recipient and stores the links it contains. */
export async function prepareMail(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  config: MailConfig,
): Promise<PreparedMail> {
  const { shop, brand, locale, template, compiled, links, filling } = await fillingOf(
    tx,
    shopId,
    message,
    config,
  );
  const blocks = new Set(template.content.blocks.map((block) => block.type));
  const conditions = new Set<Condition>([...filling.conditions, "unsubscribe", "tracked"]);
  const allowed = await personalBlocks(tx, shopId, message, shop, config);
  if (blocks.has("marketing") && allowed.marketing) conditions.add("marketing");
  if (!blocks.has("nps") || !allowed.nps) conditions.delete("nps");
  const offer =
    blocks.has("offer") && allowed.marketing ? ((await config.offerFor?.(message, locale)) ?? null) : null;
  if (offer) {
    for (const condition of offerConditions(offer)) conditions.add(condition);
  }
  if (message.parcelId && blocks.has("tracking"))
    await notePromiseOf(tx, shopId, message.parcelId, config.now);
  const values = new Map([...filling.values, ...(offer ? offerValues(offer) : [])]);
  const rendered = fill(compiled, { ...filling, values, conditions, link: links.link });

  await storeLinks(tx, shopId, message.id, links.rows);
  await tx.message.update({
    where: { shopId_id: { shopId, id: message.id } },
    data: {
      templateVersion: template.version,
      ...(offer && { variables: withOffer(message, offer) }),
    },
  });

  const unsubscribe = ownLink(config, "mail-unsubscribe", { shopId, messageId: message.id, position: 0 });
  const sender = brand.senderName || shop.name;
  return {
    mail: {
      messageId: `${message.id}.${shopId}@${config.mailFrom.split("@")[1]}`,
      from: { name: escapeHeader(sender), address: config.mailFrom },
      to: message.recipient!,
      replyTo: plainAddress(brand.replyTo) ?? plainAddress(shop.email),
      ...(config.bouncesTo
        ? { returnPath: returnPathOf(config.bouncesTo, config.secret, shopId, message.id) }
        : {}),
      ...rendered,
      headers: {
        // RFC 8058: one click, without a page in between.
        "List-Unsubscribe": `<${unsubscribe}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
    },
    touches: touchesOf(message, conditions, config.now),
  };
}

/** Everything that a message is written from, whatever its channel. */
export async function fillingOf(tx: Tx, shopId: ShopId, message: Message, config: MailConfig) {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { brand } = await settingsOf(tx, shopId);
  const locale = message.locale as Locale;
  const template = await templateFor(
    tx,
    shopId,
    message.templateKey as TemplateKey,
    { personKey: personKey(message), orderGid: message.orderGid },
    config.now,
  );
  const compiled = await compiledTemplate(shopId, template, { brand, shopName: shop.name, locale });
  const trackingUrl = message.orderGid && trackingLink(config.secret, shop, message.orderGid);
  const filling: Omit<Filling, "link"> = await orderFilling(tx, shopId, {
    orderGid: message.orderGid,
    customerGid: message.customerGid,
    parcelId: message.parcelId,
    shop,
    locale,
    extras: message.variables as MessageExtras,
    trackingUrl,
    own: ownLinks(shopId, message.id, config),
  });
  const links = linkCollector(shopId, message.id, config);
  return { shop, brand, locale, template, compiled, trackingUrl, filling, links };
}

/** Whom a click on the offer, or an open of its mail, is told to. */
function withOffer(message: Message, { decisionId, position }: MailOffer): Prisma.InputJsonObject {
  return { ...(message.variables as Prisma.JsonObject), offer: { decisionId, position } };
}

/** The mail says when the parcel comes: that is a promise. */
async function notePromiseOf(tx: Tx, shopId: ShopId, parcelId: string, now: Date): Promise<void> {
  const parcel = await parcelById(tx, shopId, parcelId);
  if (parcel) await notePromise(tx, shopId, parcel, "email", now);
}

/** Blocks that depend on the person: the question they were asked lately, marketing they did not agree to. */
async function personalBlocks(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  shop: Shop,
  { secret, now }: MailConfig,
): Promise<{ nps: boolean; marketing: boolean }> {
  const country = await countryOf(tx, shopId, message);
  const question = {
    personKey: personKey(message),
    address: message.recipient,
    channel: "email",
    now,
    timezone: shopperZone(country, shop),
    country,
  } as const;
  const nps = await mayContact(
    tx,
    shopId,
    { ...question, purpose: "transactional", messageType: "nps" },
    { secret },
  );
  // A marketing mail has found its place in the day already; its blocks need none of their own.
  if (message.purpose === "marketing") return { nps: nps.allowed, marketing: true };
  const offers = { ...question, purpose: "marketing", messageType: "marketing", inside: true } as const;
  const marketing = await mayContact(tx, shopId, offers, { secret });
  // The mail goes out anyway, so its marketing block does not wake anybody.
  return { nps: nps.allowed, marketing: marketing.allowed || marketing.reason === "quiet-hours" };
}

function touchesOf(message: Message, conditions: ReadonlySet<Condition>, now: Date): NewTouch[] {
  const isMarketing =
    message.purpose === "marketing" || conditions.has("marketing") || conditions.has("offer");
  return [
    touchOf(message, message.templateKey, isMarketing, now),
    ...(conditions.has("nps") ? [touchOf(message, "nps", false, now)] : []),
  ];
}
