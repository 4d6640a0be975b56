import type { RefusalReason } from "#app/contact-policy/contact";
import { mayContact, type NewTouch } from "#app/contact-policy/contact-policy.server";
import { shopperZone } from "#app/contact-policy/shopper-zone";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message, Prisma, Shop } from "#app/generated/prisma/client";
import { mainLocale, type Brand, type Locale } from "#app/shops/settings";
import { trackingLink } from "#app/parcels/tracking-link";
import { parcelById } from "#app/parcels/parcels.server";
import { notePromise } from "#app/parcels/promises.server";
import { settingsOf } from "#app/shops/shops.server";
import { countryOf, personKey } from "./addresses.server";
import type { Mail } from "./channels/channel";
import { allBlocks } from "./blocks";
import { fill, type Condition, type Filling, type RenderedMail } from "./compiled";
import type { TemplateKey } from "./default-templates";
import { escapeHeader, plainAddress } from "./escape";
import { linkCollector, ownLink, ownLinks, storeLinks } from "./message-links.server";
import { offerConditions, offerValues, type MailOffer, type MailOfferPort } from "./mail-offer";
import type { MailSurveyPort } from "./mail-survey";
import { orderFilling } from "./order-filling.server";
import { touchOf } from "./message-touches.server";
import type { MessageExtras } from "./outbox.server";
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
  /** Left out: mails ask no surveys. */
  surveyFor?: MailSurveyPort;
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
  const blocks = new Set(allBlocks(template.content.blocks).map((block) => block.type));
  const conditions = new Set<Condition>([...filling.conditions, "unsubscribe", "tracked"]);
  const allowed = await personalBlocks(tx, shopId, message, shop, config);
  if (allowed.agreed) conditions.add("agreed");
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

  const touches = touchesOf(message, conditions, config.now);
  return { mail: mailOf(message, rendered, { shop, brand }, config), touches };
}

/** A rendered message as it goes to the mail server. */
export function mailOf(
  { id, shopId, recipient }: Pick<Message, "id" | "shopId" | "recipient">,
  rendered: RenderedMail,
  { shop, brand }: { shop: Pick<Shop, "name" | "email">; brand: Brand },
  config: MailConfig,
): Mail {
  const { mailFrom, bouncesTo, secret } = config;
  const unsubscribe = ownLink(config, "mail-unsubscribe", { shopId, messageId: id, position: 0 });
  return {
    messageId: `${id}.${shopId}@${mailFrom.split("@")[1]}`,
    from: { name: escapeHeader(brand.senderName || shop.name), address: mailFrom },
    to: recipient!,
    replyTo: plainAddress(brand.replyTo) ?? plainAddress(shop.email),
    ...(bouncesTo ? { returnPath: returnPathOf(bouncesTo, secret, shopId, id) } : {}),
    ...rendered,
    headers: {
      // RFC 8058: one click, without a page in between.
      "List-Unsubscribe": `<${unsubscribe}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

/** Everything that a message is written from, whatever its channel. */
export async function fillingOf(tx: Tx, shopId: ShopId, message: Message, config: MailConfig) {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { brand, locales } = await settingsOf(tx, shopId);
  const locale = message.locale as Locale;
  const template = await templateFor(
    tx,
    shopId,
    message.templateKey as TemplateKey,
    { personKey: personKey(message), orderGid: message.orderGid },
    config.now,
  );
  const compiled = await compiledTemplate(shopId, template, {
    ...{ brand, shopName: shop.name },
    ...{ locale, main: mainLocale(locales) },
  });
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
    blocks: template.content.blocks,
    surveyFor: config.surveyFor,
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

/** Refusals that speak of the person's will, not of a budget or the hour. */
const NO_CONSENT: RefusalReason[] = ["no-consent", "country", "suppressed", "type-unwanted"];

/** Blocks that depend on the person: the question they were asked lately, marketing they did not agree to. */
async function personalBlocks(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  shop: Shop,
  { secret, now }: MailConfig,
): Promise<{ nps: boolean; marketing: boolean; agreed: boolean }> {
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
  if (message.purpose === "marketing") return { nps: nps.allowed, marketing: true, agreed: true };
  const offers = { ...question, purpose: "marketing", messageType: "marketing", inside: true } as const;
  const marketing = await mayContact(tx, shopId, offers, { secret });
  // The mail goes out anyway, so its marketing block does not wake anybody.
  return {
    nps: nps.allowed,
    marketing: marketing.allowed || marketing.reason === "quiet-hours",
    agreed: marketing.allowed || !NO_CONSENT.includes(marketing.reason),
  };
}

/** Its block is a link; what it leads to is a survey all the same. */
const SURVEY_BY_LINK: TemplateKey = "survey-invitation";

function touchesOf(message: Message, conditions: ReadonlySet<Condition>, now: Date): NewTouch[] {
  const isMarketing =
    message.purpose === "marketing" || conditions.has("marketing") || conditions.has("offer");
  const asksSurvey =
    message.templateKey === SURVEY_BY_LINK ||
    [...conditions].some((condition) => condition.startsWith("survey-"));
  return [
    touchOf(message, message.templateKey, isMarketing, now),
    ...(conditions.has("nps") ? [touchOf(message, "nps", false, now)] : []),
    ...(asksSurvey ? [touchOf(message, "survey", false, now)] : []),
  ];
}
