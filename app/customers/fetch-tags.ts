import type { AdminClient } from "#app/shops/admin-client";

const TAGS = `#graphql
  query CustomerTags($id: ID!) {
    customer(id: $id) {
      tags
    }
  }
`;

/** @returns the customer's tags as they are now; none where Shopify does not know the customer any more */
export async function fetchTags(admin: AdminClient, customerGid: string): Promise<string[]> {
  const { customer } = await admin.query<{ customer: { tags: string[] } | null }>(TAGS, { id: customerGid });
  return customer?.tags ?? [];
}
