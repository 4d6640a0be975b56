import { z } from "zod";
import { forgetCustomer, saveCustomer, type CustomerSnapshot } from "#app/customers/customers.server";
import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { gid, gidOf, id, optionalTime, text } from "./fields";
import { DONE, topic } from "./topic";

/** A customer's own webhook, and the one inside an order. */
export const EmbeddedCustomerSchema = z
  .object({
    id,
    admin_graphql_api_id: text,
    email: text,
    first_name: text,
    last_name: text,
    phone: text,
    currency: text,
    updated_at: optionalTime,
    default_address: z.object({ country_code: text }).nullish(),
  })
  .transform((row): CustomerSnapshot => ({
    gid: gidOf("Customer", row),
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.phone,
    ...(row.default_address ? { country: row.default_address.country_code } : {}),
    ...(row.currency ? { currency: row.currency } : {}),
    ...(row.updated_at ? { updatedAt: row.updated_at } : {}),
  }));

const STATES = ["subscribed", "unsubscribed", "pending", "not_subscribed"] as const;

const EmailConsentSchema = z.object({
  customer_id: id,
  email_address: text,
  email_marketing_consent: z.object({
    state: z.string(),
    opt_in_level: text,
    consent_updated_at: optionalTime,
  }),
});

const customer = topic(EmbeddedCustomerSchema, async ({ tx, shop, now }, told) => {
  await saveCustomer(tx, shop.id, told, now);
  return DONE;
});

export const CUSTOMER_TOPICS = {
  "customers/create": customer,
  "customers/update": customer,
  "customers/delete": topic(z.object({ id, admin_graphql_api_id: text }), async ({ tx, shop, now }, row) => {
    await forgetCustomer(tx, shop.id, gidOf("Customer", row), now);
    return DONE;
  }),
  "customers_email_marketing_consent/update": topic(
    EmailConsentSchema,
    async ({ tx, shop, secret, webhook }, payload) => {
      const { customer_id, email_address: address, email_marketing_consent: consent } = payload;
      const state = STATES.find((known) => known === consent.state.toLowerCase());
      if (!address || !state) return DONE; // redacted or invalid: Shopify has taken the address away
      const customerGid = gid("Customer", customer_id);
      const told = consent.consent_updated_at;
      const change = {
        channel: "email" as const,
        address,
        customerGid,
        state,
        optInLevel: consent.opt_in_level?.toUpperCase() ?? null,
        source: "shopify" as const,
        changedAt: told ?? webhook.triggeredAt,
        sourceKey: `shopify:${told ? `${customerGid}:${state}:${told.toISOString()}` : webhook.webhookId}`,
      };
      await recordConsent(tx, shop.id, change, { secret });
      return DONE;
    },
  ),
};
