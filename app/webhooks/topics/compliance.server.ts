import { z } from "zod";
import { exportPerson, redactPerson, redactShop, type PersonRequest } from "#app/privacy/privacy.server";
import { gid, id, text } from "./fields";
import { DONE, topic, type TopicOutcome } from "./topic";

/** The customer may be known by id, by e-mail address, by phone, or by any of them. */
const CustomerSchema = z.object({ id: id.nullish(), email: text, phone: text }).nullish();

const DataRequestSchema = z.object({
  customer: CustomerSchema,
  orders_requested: z.array(id).nullish(),
  data_request: z.object({ id }).nullish(),
});

const RedactSchema = z.object({ customer: CustomerSchema, orders_to_redact: z.array(id).nullish() });

/** Shopify's three privacy webhooks; they come also after the app was uninstalled. */
export const COMPLIANCE_TOPICS = {
  "customers/data_request": topic(
    DataRequestSchema,
    async ({ tx, shop, now, secret, webhook }, payload) => {
      if (shop.redactedAt) return SHOP_ERASED;
      const request = personFrom(payload.customer, payload.orders_requested);
      const sourceKey = payload.data_request ? `data-request:${payload.data_request.id}` : webhook.webhookId;
      await exportPerson(tx, shop.id, { ...request, sourceKey }, { now, secret });
      return DONE;
    },
    { afterUninstall: true, forgetBody: true },
  ),
  "customers/redact": topic(
    RedactSchema,
    async ({ tx, shop, now, secret, webhook }, payload) => {
      if (shop.redactedAt) return SHOP_ERASED;
      const request = personFrom(payload.customer, payload.orders_to_redact);
      await redactPerson(tx, shop.id, { ...request, sourceKey: webhook.webhookId }, { now, secret });
      return DONE;
    },
    { afterUninstall: true, forgetBody: true },
  ),
  "shop/redact": topic(
    z.object({}),
    async ({ tx, shop, now, webhook }) => {
      // Sent 48 hours after an uninstall. A shop that has come back meanwhile keeps its data.
      await redactShop(tx, shop.id, { sourceKey: webhook.webhookId }, now);
      return DONE;
    },
    { afterUninstall: true, forgetBody: true },
  ),
};

/** Everybody goes with their shop; a request of their own would write into it again. */
const SHOP_ERASED: TopicOutcome = { status: "done", note: "Everything of this shop is erased." };

function personFrom(
  customer: z.output<typeof CustomerSchema>,
  orders: string[] | null | undefined,
): Omit<PersonRequest, "sourceKey"> {
  return {
    customerGid: customer?.id ? gid("Customer", customer.id) : null,
    email: customer?.email || null,
    phone: customer?.phone || null,
    orderGids: (orders ?? []).map((order) => gid("Order", order)),
  };
}
