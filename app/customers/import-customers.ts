import type { PoolClient } from "pg";
import { upsertRows } from "#app/db/upsert-rows";
import { BIRTHDAY } from "./known-attributes";

/** Customers of a bulk operation: the query, what a line holds, and how it is written. */
export const CUSTOMERS_QUERY = `#graphql
  query ImportCustomers {
    customers {
      edges {
        node {
          id
          firstName
          lastName
          locale
          tags
          numberOfOrders
          amountSpent {
            amount
            currencyCode
          }
          defaultEmailAddress {
            emailAddress
            marketingState
            marketingOptInLevel
            marketingUpdatedAt
          }
          defaultPhoneNumber {
            phoneNumber
            smsMarketingConsent {
              state
              optInLevel
              updatedAt
            }
          }
          defaultAddress {
            countryCodeV2
          }
          metafield(namespace: "facts", key: "birth_date") {
            value
          }
          createdAt
          updatedAt
        }
      }
    }
  }
`;

export type CustomerNode = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  locale: string;
  tags: string[];
  numberOfOrders: string;
  amountSpent: { amount: string; currencyCode: string };
  defaultEmailAddress: {
    emailAddress: string;
    marketingState: string;
    marketingOptInLevel: string | null;
    marketingUpdatedAt: string | null;
  } | null;
  defaultPhoneNumber: {
    phoneNumber: string;
    smsMarketingConsent?: { state: string; optInLevel: string | null; updatedAt: string | null } | null;
  } | null;
  defaultAddress: { countryCodeV2: string | null } | null;
  /** The date of birth, in Shopify's standard field for it. */
  metafield?: { value: string } | null;
  createdAt: string;
  updatedAt: string;
};

/**
 * Writes imported customers. What Shopify counted (orders, money spent) is the start of our own counting, because it
 * reaches further back than the orders we may read.
 * @param toMinor reads Shopify's decimal amounts
 */
export async function writeCustomers(
  client: PoolClient,
  shopId: number,
  nodes: CustomerNode[],
  toMinor: (amount: string, currency: string) => number,
): Promise<void> {
  const rows = nodes.map((node) => ({
    gid: node.id,
    email: node.defaultEmailAddress?.emailAddress ?? null,
    firstName: node.firstName,
    lastName: node.lastName,
    phone: node.defaultPhoneNumber?.phoneNumber ?? null,
    locale: node.locale,
    tags: node.tags,
    country: node.defaultAddress?.countryCodeV2 ?? null,
    ordersCount: Number(node.numberOfOrders),
    spentMinor: toMinor(node.amountSpent.amount, node.amountSpent.currencyCode),
    currency: node.amountSpent.currencyCode,
    shopifyUpdatedAt: node.updatedAt,
    createdAt: node.createdAt,
  }));
  const plan = {
    table: "Customer",
    columns: {
      gid: "text",
      email: "text",
      firstName: "text",
      lastName: "text",
      phone: "text",
      locale: "text",
      tags: "text[]",
      country: "text",
      ordersCount: "int",
      spentMinor: "bigint",
      currency: "text",
      shopifyUpdatedAt: "timestamptz",
      createdAt: "timestamptz",
    },
    key: ["gid"],
    onConflict: { replaceWhereLater: "shopifyUpdatedAt" },
    where: `NOT EXISTS (SELECT 1 FROM "Customer" c WHERE c."shopId" = $1 AND c.gid = r.gid AND c."redactedAt" IS NOT NULL)`,
  };
  await upsertRows(client, shopId, plan, rows);
  await writeBirthdays(client, shopId, nodes);
}

/** Beside what else is known of a customer: an import must not wipe their answers away. */
async function writeBirthdays(client: PoolClient, shopId: number, nodes: CustomerNode[]): Promise<void> {
  const known = nodes.filter(({ metafield }) => /^\d{4}-\d{2}-\d{2}$/.test(metafield?.value ?? ""));
  if (known.length === 0) return;
  await client.query(
    `UPDATE "Customer" c SET attributes = c.attributes || jsonb_build_object($4::text, born.day)
     FROM unnest($2::text[], $3::text[]) AS born(gid, day)
     WHERE c."shopId" = $1 AND c.gid = born.gid AND c."redactedAt" IS NULL`,
    [shopId, known.map(({ id }) => id), known.map(({ metafield }) => metafield!.value), BIRTHDAY],
  );
}
