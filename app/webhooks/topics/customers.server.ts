import { z } from "zod";
import {
  customerByGid,
  forgetCustomer,
  saveCustomer,
  type CustomerSnapshot,
} from "#app/customers/customers.server";
import { plainPhone } from "#app/contact-policy/contact";
import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { enqueue } from "#app/queue/queue.server";
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

/** SMS and WhatsApp: the same facts under different names. A phone number that was taken away is null. */
const SmsConsentSchema = z
  .object({
    id,
    phone: text,
    sms_marketing_consent: z
      .object({ state: text, opt_in_level: text, consent_updated_at: optionalTime })
      .nullish(),
  })
  .transform(({ id: customer, phone, sms_marketing_consent: consent }) => ({
    customer,
    phone,
    state: consent?.state,
    optInLevel: consent?.opt_in_level,
    told: consent?.consent_updated_at,
  }));

const WhatsAppConsentSchema = z
  .object({
    customer_id: id,
    phone_number: text,
    whats_app_marketing_consent: z
      .object({ state: text, opt_in_level: text, updated_at: optionalTime })
      .nullish(),
  })
  .transform(({ customer_id, phone_number, whats_app_marketing_consent: consent }) => ({
    customer: customer_id,
    phone: phone_number,
    state: consent?.state,
    optInLevel: consent?.opt_in_level,
    told: consent?.updated_at,
  }));

type PhoneConsent = z.output<typeof SmsConsentSchema>;

function phoneConsent(channel: "sms" | "whatsapp", schema: z.ZodType<PhoneConsent>) {
  return topic(schema, async ({ tx, shop, secret, webhook }, told: PhoneConsent) => {
    const state = STATES.find((known) => known === told.state?.toLowerCase());
    const address = plainPhone(told.phone ?? "");
    if (!address || !state) return DONE; // redacted, invalid, or never asked
    const customerGid = gid("Customer", told.customer);
    const change = {
      channel,
      address,
      customerGid,
      state,
      optInLevel: told.optInLevel?.toUpperCase() ?? null,
      source: "shopify" as const,
      changedAt: told.told ?? webhook.triggeredAt,
      sourceKey: `shopify:${channel}:${told.told ? `${customerGid}:${state}:${told.told.toISOString()}` : webhook.webhookId}`,
    };
    await recordConsent(tx, shop.id, change, { secret });
    return DONE;
  });
}

const EmailConsentSchema = z.object({
  customer_id: id,
  email_address: text,
  email_marketing_consent: z.object({
    state: z.string(),
    opt_in_level: text,
    consent_updated_at: optionalTime,
  }),
});

/**
 * These two tell single tags and may overtake one another, so they only say that the tags are to be read anew. Their names have a dot,
 * and their body has its fields in camel case, unlike those of all other topics.
 */
const tagsChanged = topic(
  z.object({ customerId: z.string().startsWith("gid://shopify/") }),
  async ({ tx, shop }, { customerId: customerGid }) => {
    if (!(await customerByGid(tx, shop.id, customerGid))) return { status: "not-yet", waitsFor: "customer" };
    await enqueue(tx, "customers.read-tags", { shopId: shop.id, customerGid });
    return DONE;
  },
);

const customer = topic(EmbeddedCustomerSchema, async ({ tx, shop, now }, told) => {
  await saveCustomer(tx, shop.id, told, now);
  return DONE;
});

export const CUSTOMER_TOPICS = {
  "customers/create": customer,
  "customers/update": customer,
  "customer.tags_added": tagsChanged,
  "customer.tags_removed": tagsChanged,
  "customers/delete": topic(z.object({ id, admin_graphql_api_id: text }), async ({ tx, shop, now }, row) => {
    await forgetCustomer(tx, shop.id, gidOf("Customer", row), now);
    return DONE;
  }),
  "customers_marketing_consent/update": phoneConsent("sms", SmsConsentSchema),
  "customers_whats_app_marketing_consent/update": phoneConsent("whatsapp", WhatsAppConsentSchema),
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
