import type { Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { previewSurveys } from "#app/http/mail-surveys.server";
import type { TemplateKey } from "#app/messages/default-templates";
import { liveTemplate, previewOf, templateState } from "#app/messages/messages.server";
import { orderByGid } from "#app/orders/orders.server";
import { spokenLocale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";

export type MailLookResult = { status: "rendered"; subject: string; html: string } | { status: "none" };

/** A template filled with this order, in its shopper's language. */
export async function lookAtMail(
  tx: Tx,
  shop: Shop,
  { template, orderGid }: { template: string; orderGid: string },
  now: Date,
): Promise<MailLookResult> {
  const key = template as TemplateKey;
  const order = await orderByGid(tx, shop.id, orderGid);
  if (!order || !(await templateState(tx, shop.id, key))) return { status: "none" };
  const { locales } = await settingsOf(tx, shop.id);
  const { content } = await liveTemplate(tx, shop.id, key);
  const request = { content, locale: spokenLocale(locales, order.locale), orderGid, agreed: true };
  const preview = await previewOf(tx, shop.id, shop, request, previewSurveys(now));
  if (preview.status !== "rendered") return { status: "none" };
  return { status: "rendered", subject: preview.subject, html: preview.html };
}
