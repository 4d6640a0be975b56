import { mayContact, type NewTouch } from "#app/contact-policy/contact-policy.server";
import { personKeyOf } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message, Prisma, Shop } from "#app/generated/prisma/client";
import type { Locale } from "#app/shops/settings";
import { trackingLink } from "#app/parcels/tracking-link";
import { parcelById } from "#app/parcels/parcels.server";
import { notePromise } from "#app/parcels/promises.server";
import { settingsOf } from "#app/shops/shops.server";
import type { Mail } from "./channels/channel";
import { fill, type Condition, type Filling, type LinkRole } from "./compiled";
import type { TemplateKey } from "./default-templates";
import { escapeHeader, plainAddress } from "./escape";
import { offerConditions, offerValues, type MailOffer, type MailOfferPort } from "./mail-offer";
import { orderFilling, type OwnLinks } from "./order-filling.server";
import type { MessageExtras } from "./outbox.server";
import { templateFor } from "./template-experiments.server";
import { compiledTemplate } from "./templates.server";
import { mailToken, type TokenPurpose } from "./tokens";

/** What sending needs from the process: addresses, the signing key, the time. */
export type MailConfig = {
  /** Public address of the app, without a trailing slash. */
  appUrl: string;
  secret: string;
  mailFrom: string;
  now: Date;
  /** Left out: mails have no offer slot. */
  offerFor?: MailOfferPort;
};

export type PreparedMail = { mail: Mail; touches: NewTouch[] };

/** Renders a claimed message for its recipient and stores the links it contains. */
export async function prepareMail(
  tx: Tx,
  shopId: ShopId,
  message: Message,
  config: MailConfig,
): Promise<PreparedMail> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { brand } = await settingsOf(tx, shopId);
  const locale = message.locale as Locale;
  const template = await templateFor(
    tx,
    shopId,
    message.templateKey as TemplateKey,
    { ...whoOf(message), orderGid: message.orderGid },
    config.now,
  );
  const compiled = await compiledTemplate(shopId, template, { brand, shopName: shop.name, locale });

  const links = linkCollector(shopId, message.id, config);
  const filling = await orderFilling(tx, shopId, {
    orderGid: message.orderGid ?? "",
    parcelId: message.parcelId,
    shop,
    locale,
    extras: message.variables as MessageExtras,
    trackingUrl: message.orderGid && trackingLink(config.secret, shop, message.orderGid),
    own: ownLinks(shopId, message.id, config),
  });
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

  await tx.messageLink.deleteMany({ where: { shopId, messageId: message.id } });
  await tx.messageLink.createMany({
    data: links.rows.map((row) => ({ shopId, messageId: message.id, ...row })),
  });
  await tx.message.update({
    where: { shopId_id: { shopId, id: message.id } },
    data: {
      templateVersion: template.version,
      ...(offer && { variables: withOffer(message, offer) }),
    },
  });

  const unsubscribe = link(config, "mail-unsubscribe", "u", { shopId, messageId: message.id, position: 0 });
  const sender = brand.senderName || shop.name;
  return {
    mail: {
      messageId: `${message.id}.${shopId}@${config.mailFrom.split("@")[1]}`,
      from: { name: escapeHeader(sender), address: config.mailFrom },
      to: message.recipient!,
      replyTo: plainAddress(brand.replyTo) ?? plainAddress(shop.email),
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
  { timezone }: Shop,
  { secret, now }: MailConfig,
): Promise<{ nps: boolean; marketing: boolean }> {
  const question = {
    ...whoOf(message),
    address: message.recipient,
    channel: "email",
    now,
    timezone,
  } as const;
  const nps = await mayContact(
    tx,
    shopId,
    { ...question, purpose: "transactional", messageType: "nps" },
    { secret },
  );
  const offers = { ...question, purpose: "marketing", messageType: "marketing" } as const;
  const marketing = await mayContact(tx, shopId, offers, { secret });
  // The mail goes out anyway, so its marketing block does not wake anybody.
  return { nps: nps.allowed, marketing: marketing.allowed || marketing.reason === "quiet-hours" };
}

function whoOf(message: Pick<Message, "customerGid" | "orderGid">): { personKey: string } {
  return { personKey: personKeyOf({ customerGid: message.customerGid, orderGid: message.orderGid ?? "" }) };
}

function touchesOf(message: Message, conditions: ReadonlySet<Condition>, now: Date): NewTouch[] {
  const touch = (kind: string, marketing: boolean): NewTouch => ({
    ...whoOf(message),
    channel: "email",
    kind,
    marketing,
    sourceKey: `message:${message.id}:${kind}`,
    happenedAt: now,
  });
  const isMarketing =
    message.purpose === "marketing" || conditions.has("marketing") || conditions.has("offer");
  return [touch(message.templateKey, isMarketing), ...(conditions.has("nps") ? [touch("nps", false)] : [])];
}

type LinkRow = { position: number; url: string; role: LinkRole };

/** Replaces destinations by click links. Destinations stay in the database: a click link can lead nowhere else. */
function linkCollector(shopId: ShopId, messageId: string, config: MailConfig) {
  const rows: LinkRow[] = [];
  return {
    rows,
    link: (url: string, role: LinkRole): string => {
      if (role === "unsubscribe") return url;
      let row = rows.find((known) => known.url === url && known.role === role);
      if (!row) rows.push((row = { position: rows.length + 1, url, role }));
      return link(config, "mail-click", "m/c", { shopId, messageId, position: row.position });
    },
  } satisfies { rows: LinkRow[]; link: Filling["link"] };
}

function ownLinks(shopId: ShopId, messageId: string, config: MailConfig): OwnLinks {
  const token = { shopId, messageId, position: 0 };
  return {
    unsubscribe: link(config, "mail-unsubscribe", "u", token),
    preferences: link(config, "mail-preferences", "p", token),
    open: link(config, "mail-open", "m/o", token),
    honeypot: `${config.appUrl}/m/x`,
  };
}

function link(
  { appUrl, secret }: Pick<MailConfig, "appUrl" | "secret">,
  purpose: TokenPurpose,
  path: string,
  token: { shopId: number; messageId: string; position: number },
): string {
  return `${appUrl}/${path}/${mailToken(secret, purpose, token)}`;
}
