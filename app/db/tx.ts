import type { Prisma } from "#app/generated/prisma/client";

/** A transaction bound to one shop by row-level security. Domains get one and never open their own. */
export type Tx = Prisma.TransactionClient;

/** Number of an installed shop; opens every tenant key. */
export type ShopId = number;
