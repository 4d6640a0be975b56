import type { ShopId, Tx } from "#app/db/tx";

/** An order as it is named to a merchant who has to choose one. */
export type FoundOrder = { gid: string; name: string; placedAt: Date; shopper: string };

/**
 * Orders by their number, by the shopper's address or by their name, newest first.
 * @param words what was typed; nothing finds the newest
 */
export async function findOrders(tx: Tx, shopId: ShopId, words: string, take = 10): Promise<FoundOrder[]> {
  const wanted = words.trim();
  const starts = (word: string) => ({ startsWith: word, mode: "insensitive" }) as const;
  const named = (word: string) => ({ OR: [{ firstName: starts(word) }, { lastName: starts(word) }] });
  const people = wanted
    ? await tx.customer.findMany({
        where: { shopId, AND: wanted.split(/\s+/).map(named) },
        select: { gid: true },
        take: 50,
      })
    : [];
  const byWords = {
    OR: [
      { name: { in: [wanted, `#${wanted}`] } },
      { email: starts(wanted) },
      { customerGid: { in: people.map(({ gid }) => gid) } },
    ],
  };
  const orders = await tx.order.findMany({
    where: { shopId, ...(wanted && byWords) },
    orderBy: [{ placedAt: "desc" }, { gid: "desc" }],
    take,
    select: { gid: true, name: true, placedAt: true, email: true, customerGid: true },
  });
  const names = await namesOf(
    tx,
    shopId,
    orders.flatMap(({ customerGid }) => customerGid ?? []),
  );
  return orders.map(({ gid, name, placedAt, email, customerGid }) => ({
    ...{ gid, name, placedAt },
    shopper: names.get(customerGid ?? "") || email || "a guest",
  }));
}

async function namesOf(tx: Tx, shopId: ShopId, gids: string[]): Promise<Map<string, string>> {
  const customers = await tx.customer.findMany({
    where: { shopId, gid: { in: gids } },
    select: { gid: true, firstName: true, lastName: true },
  });
  return new Map(
    customers.map(({ gid, firstName, lastName }) => [gid, [firstName, lastName].filter(Boolean).join(" ")]),
  );
}
