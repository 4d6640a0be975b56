import { z } from "zod";
import { forgetCustomer, saveCustomer, type CustomerSnapshot } from "#app/customers/customers.server";
import { gidOf, id, optionalTime, text } from "./fields";
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
};
