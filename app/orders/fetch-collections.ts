import type { AdminClient } from "#app/shops/admin-client";
import type { CollectionSnapshot } from "./collections.server";

/** Reading collections from the Admin API: all of them by name, one of them with its products. */

const COLLECTIONS = `#graphql
  query Collections($after: String) {
    collections(first: 250, after: $after) {
      nodes { id title updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const COLLECTION = `#graphql
  query CollectionProducts($id: ID!, $after: String) {
    collection(id: $id) {
      products(first: 250, after: $after) {
        nodes { id }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

type PageInfo = { hasNextPage: boolean; endCursor: string | null };
type Listed = {
  collections: { nodes: { id: string; title: string; updatedAt: string }[]; pageInfo: PageInfo };
};
type Found = { collection: { products: { nodes: { id: string }[]; pageInfo: PageInfo } } | null };

/** A rule may choose a whole catalogue; further products are left out. */
const MOST_PRODUCTS = 25_000;

export async function listCollections(admin: AdminClient): Promise<CollectionSnapshot[]> {
  const listed: CollectionSnapshot[] = [];
  let after: string | null = null;
  do {
    const { collections }: Listed = await admin.query<Listed>(COLLECTIONS, { after });
    for (const { id, title, updatedAt } of collections.nodes) {
      listed.push({ gid: id, title, updatedAt: new Date(updatedAt) });
    }
    after = collections.pageInfo.hasNextPage ? collections.pageInfo.endCursor : null;
  } while (after !== null);
  return listed;
}

/** @returns the gids of its products, or null where there is no such collection (any more) */
export async function fetchMembers(admin: AdminClient, gid: string): Promise<string[] | null> {
  const members: string[] = [];
  let after: string | null = null;
  do {
    const { collection }: Found = await admin.query<Found>(COLLECTION, { id: gid, after });
    if (!collection) return null;
    members.push(...collection.products.nodes.map(({ id }) => id));
    const { hasNextPage, endCursor }: PageInfo = collection.products.pageInfo;
    after = hasNextPage && members.length < MOST_PRODUCTS ? endCursor : null;
  } while (after !== null);
  return members;
}
