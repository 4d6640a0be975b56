import type { ShopId, Tx } from "#app/db/tx";
import type { Case, CaseEntry, Order } from "#app/generated/prisma/client";
import type { CaseState } from "#app/generated/prisma/enums";
import { orderByGid } from "#app/orders/orders.server";

/** Cases as staff look at them. */

export type ListedCase = Case & { customer: string | null; orderName: string | null };

const PAGE = 50;

/** Oldest first, as they should be answered; solved ones newest first. @param page from 0 */
export async function listCases(
  tx: Tx,
  shopId: ShopId,
  { state, page }: { state: CaseState; page: number },
): Promise<{ cases: ListedCase[]; more: boolean }> {
  const rows = await tx.case.findMany({
    where: { shopId, state },
    orderBy:
      state === "solved" ? [{ solvedAt: "desc" }, { id: "desc" }] : [{ openedAt: "asc" }, { id: "asc" }],
    skip: page * PAGE,
    take: PAGE + 1,
  });
  const cases = await withNames(tx, shopId, rows.slice(0, PAGE));
  return { cases, more: rows.length > PAGE };
}

export async function countCases(tx: Tx, shopId: ShopId): Promise<Record<CaseState, number>> {
  const groups = await tx.case.groupBy({ by: ["state"], where: { shopId }, _count: true });
  const count = (state: CaseState) => groups.find((group) => group.state === state)?._count ?? 0;
  return { open: count("open"), waiting: count("waiting"), solved: count("solved") };
}

export type CaseView = ListedCase & {
  entries: CaseEntry[];
  /** Where a reply would go. */
  email: string | null;
};

export async function caseById(tx: Tx, shopId: ShopId, id: string): Promise<CaseView | null> {
  const found = await tx.case.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!found) return null;
  const [named] = await withNames(tx, shopId, [found]);
  const entries = await tx.caseEntry.findMany({ where: { shopId, caseId: id } });
  entries.sort((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime() || rankOf(a) - rankOf(b));
  const order = found.orderGid ? await orderByGid(tx, shopId, found.orderGid) : null;
  const customer = found.customerGid
    ? await tx.customer.findUnique({ where: { shopId_gid: { shopId, gid: found.customerGid } } })
    : null;
  return { ...named!, entries, email: order?.email ?? customer?.email ?? null };
}

/** What one act writes at one moment, in the order in which it is meant. */
const AT_ONCE: readonly string[] = ["told", "reopened", "written", "note", "reply", "solved"];

function rankOf({ kind }: CaseEntry): number {
  return AT_ONCE.indexOf(kind);
}

async function withNames(tx: Tx, shopId: ShopId, cases: Case[]): Promise<ListedCase[]> {
  const customers = await tx.customer.findMany({
    where: { shopId, gid: { in: cases.flatMap(({ customerGid }) => customerGid ?? []) } },
    select: { gid: true, firstName: true, lastName: true, email: true },
  });
  const orders = await tx.order.findMany({
    where: { shopId, gid: { in: cases.flatMap(({ orderGid }) => orderGid ?? []) } },
    select: { gid: true, name: true, email: true },
  });
  return cases.map((one) => {
    const customer = customers.find(({ gid }) => gid === one.customerGid);
    const order = orders.find(({ gid }) => gid === one.orderGid);
    const name = [customer?.firstName, customer?.lastName].filter(Boolean).join(" ");
    return {
      ...one,
      customer: name || customer?.email || order?.email || null,
      orderName: order?.name ?? null,
    };
  });
}

/** The order that staff calls "#1001" or "1001". */
export async function orderNamed(tx: Tx, shopId: ShopId, name: string): Promise<Order | null> {
  const bare = name.replace(/^#/, "");
  return tx.order.findFirst({
    where: { shopId, name: { in: [name, bare, `#${bare}`] } },
    orderBy: { placedAt: "desc" },
  });
}
