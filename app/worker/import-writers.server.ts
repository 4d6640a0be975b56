import { plainPhone } from "#app/contact-policy/contact";
import { writeConsents, type ImportedConsent } from "#app/contact-policy/import-consents";
import { CUSTOMERS_QUERY, writeCustomers, type CustomerNode } from "#app/customers/import-customers";
import {
  finishOrders,
  ORDERS_QUERY,
  writeLines,
  writeOrders,
  type ImportedLineNode,
  type ImportedOrderNode,
} from "#app/orders/import-orders";
import {
  PRODUCTS_QUERY,
  writeProducts,
  writeVariants,
  type ProductNode,
  type VariantNode,
} from "#app/orders/import-products";
import { toMinor } from "#app/orders/money";
import { writeParcels } from "#app/parcels/import-parcels";
import type { ImportPorts } from "#app/shops/import/import-port";

/** Which domain writes what of an import. `shops` runs it and knows none of them. */
export function importWriters(secret: string): ImportPorts["writers"] {
  return {
    products: {
      query: PRODUCTS_QUERY,
      writeRoots: (client, shop, roots) => writeProducts(client, shop.id, roots as ProductNode[]),
      writeChildren: (client, shop, children) =>
        writeVariants(client, shop.id, children as VariantNode[], shop.currency),
    },
    customers: {
      query: CUSTOMERS_QUERY,
      writeRoots: async (client, shop, roots) => {
        const customers = roots as CustomerNode[];
        await writeCustomers(client, shop.id, customers, toMinor);
        await writeConsents(client, shop.id, customers.flatMap(consentsOf), secret);
      },
    },
    orders: {
      query: ORDERS_QUERY,
      writeRoots: async (client, shop, roots) => {
        const history = await writeOrders(client, shop.id, roots as ImportedOrderNode[], shop.installedAt);
        await writeParcels(client, shop.id, history);
      },
      writeChildren: (client, shop, children) =>
        writeLines(client, shop.id, children as ImportedLineNode[], shop.currency),
      finish: (client, shop) => finishOrders(client, shop.id),
    },
  };
}

function consentsOf(customer: CustomerNode): ImportedConsent[] {
  const { id: customerGid, createdAt, defaultEmailAddress: email, defaultPhoneNumber: phone } = customer;
  const number = plainPhone(phone?.phoneNumber ?? "");
  const texts = phone?.smsMarketingConsent;
  return [
    ...(email?.emailAddress
      ? [
          {
            ...{ channel: "email" as const, customerGid, address: email.emailAddress },
            state: email.marketingState,
            optInLevel: email.marketingOptInLevel,
            changedAt: email.marketingUpdatedAt ?? createdAt,
          },
        ]
      : []),
    ...(number && texts
      ? [
          {
            ...{ channel: "sms" as const, customerGid, address: number },
            state: texts.state,
            optInLevel: texts.optInLevel,
            changedAt: texts.updatedAt ?? createdAt,
          },
        ]
      : []),
  ];
}
