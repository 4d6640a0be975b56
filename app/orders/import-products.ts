import type { PoolClient } from "pg";
import { upsertRows } from "#app/db/upsert-rows";
import { toMinor } from "./money";

/** Products and variants of a bulk operation. */
export const PRODUCTS_QUERY = `#graphql
  query ImportProducts {
    products {
      edges {
        node {
          id
          title
          handle
          status
          productType
          vendor
          tags
          featuredMedia {
            preview {
              image {
                url
              }
            }
          }
          updatedAt
          variants {
            edges {
              node {
                id
                title
                sku
                price
                compareAtPrice
                inventoryQuantity
                availableForSale
                position
                inventoryItem {
                  unitCost {
                    amount
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;

export type ProductNode = {
  id: string;
  title: string;
  handle: string;
  status: string;
  productType: string;
  vendor: string;
  tags: string[];
  featuredMedia: { preview: { image: { url: string } | null } | null } | null;
  updatedAt: string;
};

export type VariantNode = {
  __parentId: string;
  id: string;
  title: string;
  sku: string | null;
  price: string;
  compareAtPrice: string | null;
  inventoryQuantity: number | null;
  availableForSale: boolean;
  position: number;
  inventoryItem: { unitCost: { amount: string } | null };
};

const PRODUCTS = {
  table: "Product",
  columns: {
    gid: "text",
    title: "text",
    handle: "text",
    status: "text",
    productType: "text",
    vendor: "text",
    tags: "text[]",
    imageUrl: "text",
    shopifyUpdatedAt: "timestamptz",
  },
  key: ["gid"],
  onConflict: { replaceWhereLater: "shopifyUpdatedAt" },
};

const VARIANTS = {
  table: "Variant",
  columns: {
    gid: "text",
    productGid: "text",
    title: "text",
    sku: "text",
    priceMinor: "bigint",
    compareAtMinor: "bigint",
    costMinor: "bigint",
    inventoryQuantity: "int",
    available: "boolean",
    position: "int",
  },
  key: ["gid"],
  onConflict: "replace" as const,
  where: `EXISTS (SELECT 1 FROM "Product" p WHERE p."shopId" = $1 AND p.gid = r."productGid")`,
};

export async function writeProducts(client: PoolClient, shopId: number, nodes: ProductNode[]): Promise<void> {
  const rows = nodes.map(({ id, featuredMedia, updatedAt, ...node }) => ({
    ...node,
    gid: id,
    imageUrl: featuredMedia?.preview?.image?.url ?? null,
    shopifyUpdatedAt: updatedAt,
  }));
  await upsertRows(client, shopId, PRODUCTS, rows);
}

/** @param currency the shop's: variants are priced in it */
export async function writeVariants(
  client: PoolClient,
  shopId: number,
  nodes: VariantNode[],
  currency: string,
): Promise<void> {
  const minor = (amount: string | null | undefined) => (amount ? toMinor(amount, currency) : null);
  const rows = nodes.map((node) => ({
    gid: node.id,
    productGid: node.__parentId,
    title: node.title,
    sku: node.sku || null,
    priceMinor: minor(node.price) ?? 0,
    compareAtMinor: minor(node.compareAtPrice),
    costMinor: minor(node.inventoryItem.unitCost?.amount),
    inventoryQuantity: node.inventoryQuantity,
    available: node.availableForSale,
    position: node.position,
  }));
  await upsertRows(client, shopId, VARIANTS, rows);
}
