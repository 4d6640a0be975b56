import type { PoolClient } from "pg";
import type { Tx } from "#app/db/tx";
import type { ImportKind } from "#app/generated/prisma/enums";
import type { AdminClient } from "#app/shops/admin-client";

/** How one kind of object gets from Shopify into our tables. Its own domain brings it. */
export type ImportWriter = {
  /** The bulk query. */
  query: string;
  /** Writes the objects of one batch. Must be idempotent. */
  writeRoots: (client: PoolClient, shop: ImportShop, roots: unknown[]) => Promise<void>;
  /** Writes the children (`__parentId`) of one batch, after all roots. */
  writeChildren?: (client: PoolClient, shop: ImportShop, children: unknown[]) => Promise<void>;
  /** Runs once, when everything is written. */
  finish?: (client: PoolClient, shop: ImportShop) => Promise<void>;
};

export type ImportShop = { id: number; currency: string; installedAt: Date };

export type ImportPorts = {
  admin: () => Promise<AdminClient>;
  inShop: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  inShopRaw: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;
  /** Streams the lines of a result; several at a time. */
  openLines: (url: string) => AsyncIterable<string[]>;
  writers: Record<ImportKind, ImportWriter>;
  now: () => Date;
  /** Objects per transaction; 2,000 unless told. */
  batchSize?: number;
};

/** A result that cannot be fetched any more (Shopify keeps it for seven days). */
export class ResultGoneError extends Error {
  override name = "ResultGoneError";
}
