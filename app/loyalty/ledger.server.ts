import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { LedgerState, LoyaltyMember } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";

/**
 * The points ledger. Entries are only ever added; what they take back, they take back as new entries, and a balance is
 * their sum. `sourceKey` names the cause, so that no cause counts twice.
 */
export type NewEntry = {
  memberId: string;
  kind: "join" | "order" | "refund" | "survey" | "merge" | "goodwill";
  points: number;
  state: LedgerState;
  /** When pending points are approved (UTC). */
  availableAt: Date;
  orderGid?: string;
  pointsPerUnit?: number;
  sourceKey: string;
};

/** @returns false where this cause has already been counted */
export async function appendEntry(tx: Tx, shopId: ShopId, entry: NewEntry, now: Date): Promise<boolean> {
  const approvedAt = entry.state === "approved" ? now : null;
  const created = await tx.ledgerEntry.createMany({
    data: [{ shopId, id: newId(now), ...entry, approvedAt, createdAt: now }],
    skipDuplicates: true,
  });
  return created.count > 0;
}

/** Holds everything that moves this member's points until the transaction ends. @returns null where it is gone */
export async function lockMember(tx: Tx, shopId: ShopId, memberId: string): Promise<LoyaltyMember | null> {
  await tx.$queryRaw`SELECT id FROM "LoyaltyMember" WHERE "shopId" = ${shopId} AND id = ${memberId}::uuid FOR UPDATE`;
  return tx.loyaltyMember.findUnique({ where: { shopId_id: { shopId, id: memberId } } });
}

export type Balance = {
  /** Approved: can be spent. */
  points: number;
  /** Waiting for the end of the return window. */
  pendingPoints: number;
};

export async function balanceOf(tx: Tx, shopId: ShopId, memberId: string): Promise<Balance> {
  const sums = await tx.ledgerEntry.groupBy({
    by: ["state"],
    where: { shopId, memberId },
    _sum: { points: true },
  });
  const sum = (state: LedgerState) => sums.find((row) => row.state === state)?._sum.points ?? 0;
  return { points: sum("approved"), pendingPoints: sum("pending") };
}

/**
 * Approves the member's pending points whose time has come. All entries of one order share that time, so a refund is
 * never approved apart from what it takes back.
 * @returns how many entries were approved
 */
export async function approveDue(tx: Tx, shopId: ShopId, memberId: string, now: Date): Promise<number> {
  if (!(await lockMember(tx, shopId, memberId))) return 0;
  const due = { shopId, memberId, state: "pending", availableAt: { lte: now } } as const;
  const approved = await tx.ledgerEntry.updateMany({
    where: due,
    data: { state: "approved", approvedAt: now },
  });
  if (approved.count > 0) await publish(tx, "loyalty.points-approved", { shopId, memberId });
  return approved.count;
}
