import type { ShopId, Tx } from "#app/db/tx";
import type { LedgerEntry } from "#app/generated/prisma/client";
import { balanceOf } from "./ledger.server";

/** What the programme did in a period, and what the shop owes its members now. */
export type LoyaltyResults = {
  /** Members now. */
  members: number;
  joined: number;
  /** Points given in the period, pending or not. */
  earned: number;
  approved: number;
  /** Taken back after refunds, as a positive number. */
  clawedBack: number;
  /** What is outstanding now, in points: approved ones can be spent at any time. */
  liability: { approved: number; pending: number };
};

/** @param period half-open, UTC */
export async function loyaltyResults(
  tx: Tx,
  shopId: ShopId,
  { from, to }: { from: Date; to: Date },
): Promise<LoyaltyResults> {
  const [people] = await tx.$queryRaw<{ members: number; joined: number }[]>`
    SELECT count(*) FILTER (WHERE "leftAt" IS NULL)::int AS members,
           count(*) FILTER (WHERE "joinedAt" >= ${from} AND "joinedAt" < ${to})::int AS joined
    FROM "LoyaltyMember" WHERE "shopId" = ${shopId}`;
  const [points] = await tx.$queryRaw<
    Record<"earned" | "approved" | "clawedBack" | "owed" | "waiting", number>[]
  >`
    SELECT
      coalesce(sum(points) FILTER (WHERE points > 0 AND state <> 'void' AND "createdAt" >= ${from} AND "createdAt" < ${to}), 0)::float8 AS earned,
      coalesce(sum(points) FILTER (WHERE points > 0 AND state = 'approved' AND "approvedAt" >= ${from} AND "approvedAt" < ${to}), 0)::float8 AS approved,
      coalesce(-sum(points) FILTER (WHERE points < 0 AND state <> 'void' AND "createdAt" >= ${from} AND "createdAt" < ${to}), 0)::float8 AS "clawedBack",
      coalesce(sum(points) FILTER (WHERE state = 'approved'), 0)::float8 AS owed,
      coalesce(sum(points) FILTER (WHERE state = 'pending'), 0)::float8 AS waiting
    FROM "LedgerEntry" WHERE "shopId" = ${shopId}`;
  const { earned, approved, clawedBack, owed, waiting } = points!;
  return { ...people!, earned, approved, clawedBack, liability: { approved: owed, pending: waiting } };
}

export type MemberRow = {
  id: string;
  /** The customer's name or address; null while the order is awaited, or after a redaction. */
  name: string | null;
  joinedVia: string;
  joinedAt: Date;
  points: number;
  pendingPoints: number;
};

/**
 * Members with their balances, newest first.
 * @param before the last row of the page before
 */
export async function listMembers(
  tx: Tx,
  shopId: ShopId,
  { limit, before }: { limit: number; before?: Pick<MemberRow, "joinedAt" | "id"> },
): Promise<MemberRow[]> {
  const at = before?.joinedAt ?? null;
  return tx.$queryRaw<MemberRow[]>`
    SELECT m.id, m."joinedVia", m."joinedAt", balance.*,
      coalesce(nullif(concat_ws(' ', c."firstName", c."lastName"), ''), c.email) AS name
    FROM (
      SELECT * FROM "LoyaltyMember"
      WHERE "shopId" = ${shopId} AND "leftAt" IS NULL
        AND (${at}::timestamptz IS NULL OR ("joinedAt", id) < (${at}::timestamptz, ${before?.id ?? null}::uuid))
      ORDER BY "joinedAt" DESC, id DESC LIMIT ${limit}
    ) m
    LEFT JOIN "Customer" c ON c."shopId" = m."shopId" AND c.gid = m."customerGid"
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(points) FILTER (WHERE state = 'approved'), 0)::float8 AS points,
             coalesce(sum(points) FILTER (WHERE state = 'pending'), 0)::float8 AS "pendingPoints"
      FROM "LedgerEntry" e WHERE e."shopId" = m."shopId" AND e."memberId" = m.id
    ) balance
    ORDER BY m."joinedAt" DESC, m.id DESC`;
}

/** Who joins with an order gets the bonus and the order's points in one moment: so it is told, first things first. */
const WITHIN_A_MOMENT = ["join", "order", "survey", "goodwill", "refund", "merge"];

export type LedgerLine = Pick<
  LedgerEntry,
  "id" | "kind" | "points" | "state" | "availableAt" | "createdAt" | "approvedAt"
> & {
  /** "#1001", where the entry is about an order. */
  orderName: string | null;
};

/** The member's latest entries, newest first. */
export async function ledgerOf(
  tx: Tx,
  shopId: ShopId,
  memberId: string,
  limit: number,
): Promise<LedgerLine[]> {
  const entries = await tx.ledgerEntry.findMany({
    where: { shopId, memberId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  const orders = await tx.order.findMany({
    where: { shopId, gid: { in: entries.flatMap((entry) => entry.orderGid ?? []) } },
    select: { gid: true, name: true },
  });
  const names = new Map(orders.map((order) => [order.gid, order.name]));
  const place = ({ kind }: LedgerEntry) => WITHIN_A_MOMENT.indexOf(kind);
  return entries
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || place(b) - place(a))
    .map(({ id, kind, points, state, availableAt, createdAt, approvedAt, orderGid }) => {
      const orderName = orderGid ? (names.get(orderGid) ?? null) : null;
      return { id, kind, points, state, availableAt, createdAt, approvedAt, orderName };
    });
}

export type MemberAccount = {
  name: string | null;
  joinedAt: Date;
  joinedVia: string;
  consentText: string;
  points: number;
  pendingPoints: number;
  entries: LedgerLine[];
};

const LATEST = 200;

/** One member with the latest entries of the ledger, newest first; null where there is none. */
export async function accountOf(tx: Tx, shopId: ShopId, memberId: string): Promise<MemberAccount | null> {
  const member = await tx.loyaltyMember.findUnique({
    where: { shopId_id: { shopId, id: memberId } },
  });
  if (!member) return null;
  const customer = member.customerGid
    ? await tx.customer.findUnique({ where: { shopId_gid: { shopId, gid: member.customerGid } } })
    : null;
  const { joinedAt, joinedVia, consentText } = member;
  return {
    name: [customer?.firstName, customer?.lastName].filter(Boolean).join(" ") || customer?.email || null,
    joinedAt,
    joinedVia,
    consentText,
    ...(await balanceOf(tx, shopId, memberId)),
    entries: await ledgerOf(tx, shopId, memberId, LATEST),
  };
}
