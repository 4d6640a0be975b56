import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { LoyaltyMember } from "#app/generated/prisma/client";
import { claimKeys, type ActingPerson, type Claimant } from "#app/orders/order-claim";
import { appendEntry, lockMember } from "./ledger.server";

/**
 * Who takes part. A member is a customer; until the order tells which one, a membership is kept under the order or
 * under a claim on it, and becomes the customer's when the order arrives. One customer is one member: memberships that
 * turn out to be the same person's are merged, and no points are lost.
 */

/** The membership key of a person: the customer where known. */
export function memberKey({ orderGid, customerGid, claim }: ActingPerson): string {
  return customerGid ?? claim ?? `order:${orderGid}`;
}

/** Every key under which whoever may be behind this order may be a member. */
export function memberKeys(person: Claimant): string[] {
  const { orderGid, customerGid } = person;
  return [...(customerGid ? [customerGid] : []), `order:${orderGid}`, ...claimKeys(person)];
}

/** The membership of whoever may be behind this order, or null. */
export async function memberOf(tx: Tx, shopId: ShopId, person: Claimant): Promise<LoyaltyMember | null> {
  return tx.loyaltyMember.findFirst({
    where: { shopId, personKey: { in: memberKeys(person) }, leftAt: null },
    orderBy: { joinedAt: "asc" },
  });
}

export type NewMember = { person: ActingPerson; joinedVia: string; consentText: string };

/** @returns the membership, and whether this call made it or brought back somebody who had left */
export async function addMember(
  tx: Tx,
  shopId: ShopId,
  { person, joinedVia, consentText }: NewMember,
  now: Date,
): Promise<{ member: LoyaltyMember; joined: boolean }> {
  const personKey = memberKey(person);
  const { customerGid } = person;
  const created = await tx.loyaltyMember.createMany({
    data: [{ shopId, id: newId(now), personKey, customerGid, joinedVia, consentText, joinedAt: now }],
    skipDuplicates: true,
  });
  const returned = await tx.loyaltyMember.updateMany({
    where: { shopId, personKey, leftAt: { not: null } },
    data: { leftAt: null, joinedVia, consentText, joinedAt: now },
  });
  const member = await tx.loyaltyMember.findUniqueOrThrow({
    where: { shopId_personKey: { shopId, personKey } },
  });
  return { member, joined: created.count + returned.count > 0 };
}

type KnownOrder = {
  gid: string;
  customerGid: string | null;
  checkoutToken: string | null;
  confirmationNumber: string | null;
};

/** An order has arrived: memberships that waited for it become its customer's. Safe to repeat. */
export async function joinMembers(tx: Tx, shopId: ShopId, order: KnownOrder, now: Date): Promise<void> {
  const orderKey = `order:${order.gid}`;
  const waiting = await tx.loyaltyMember.findMany({
    where: { shopId, personKey: { in: [orderKey, ...claimKeys({ ...order, orderGid: order.gid })] } },
    orderBy: { joinedAt: "asc" },
  });
  for (const member of waiting) await giveKey(tx, shopId, member, order.customerGid, orderKey, now);
}

async function giveKey(
  tx: Tx,
  shopId: ShopId,
  member: LoyaltyMember,
  customerGid: string | null,
  orderKey: string,
  now: Date,
): Promise<void> {
  const personKey = customerGid ?? orderKey;
  if (member.personKey === personKey) return;
  const present = await tx.loyaltyMember.findUnique({ where: { shopId_personKey: { shopId, personKey } } });
  if (present) return mergeMembers(tx, shopId, member.id, present.id, now);
  await tx.loyaltyMember.update({
    where: { shopId_id: { shopId, id: member.id } },
    data: { personKey, customerGid },
  });
}

/**
 * Two memberships are one person. All entries move; of two join bonuses the larger stays, by an entry that takes the
 * smaller one back. The earlier consent is kept.
 */
async function mergeMembers(
  tx: Tx,
  shopId: ShopId,
  fromId: string,
  intoId: string,
  now: Date,
): Promise<void> {
  for (const id of [fromId, intoId].sort()) await lockMember(tx, shopId, id);
  const bonuses = await tx.ledgerEntry.findMany({
    where: { shopId, kind: "join", memberId: { in: [fromId, intoId] } },
    select: { memberId: true, points: true },
  });
  const best = (memberId: string) =>
    Math.max(0, ...bonuses.filter((one) => one.memberId === memberId).map((one) => one.points));
  const surplus = Math.min(best(fromId), best(intoId));

  await tx.ledgerEntry.updateMany({ where: { shopId, memberId: fromId }, data: { memberId: intoId } });
  if (surplus > 0) {
    const entry = {
      memberId: intoId,
      kind: "merge",
      points: -surplus,
      sourceKey: `merge:${fromId}`,
    } as const;
    await appendEntry(tx, shopId, { ...entry, state: "approved", availableAt: now }, now);
  }
  const [from, into] = await Promise.all(
    [fromId, intoId].map((id) =>
      tx.loyaltyMember.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } }),
    ),
  );
  const first = from!.joinedAt < into!.joinedAt ? from! : into!;
  const { joinedAt, joinedVia, consentText } = first;
  await tx.loyaltyMember.delete({ where: { shopId_id: { shopId, id: fromId } } });
  await tx.loyaltyMember.update({
    where: { shopId_id: { shopId, id: intoId } },
    data: { joinedAt, joinedVia, consentText },
  });
}
