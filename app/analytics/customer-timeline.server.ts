import { isUuid } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { CaseState, LedgerState, MessageState } from "#app/generated/prisma/client";
import { ledgerOf } from "#app/loyalty/loyalty.server";

/** Everything that happened between the shop and one customer, also what was not sent and why. Newest first. */
export type TimelineEntry = { at: Date; key: string } & (
  | { kind: "order"; name: string; totalMinor: number; currency: string; cancelled: boolean }
  | { kind: "message"; templateKey: string; channel: string; state: MessageState; reason: string | null }
  | { kind: "offer"; title: string; surface: string; outcome: "shown" | "clicked" | "dismissed" | "accepted" }
  | { kind: "answer"; survey: string; score: number | null; channel: string }
  | { kind: "joined"; via: string }
  | { kind: "points"; cause: string; points: number; state: LedgerState; orderName: string | null }
  | { kind: "case"; type: string; state: CaseState; caseId: string }
  | { kind: "hold"; reason: string; until: Date | null }
  | { kind: "consent"; channel: string; state: string; source: string }
);

export type CustomerTimeline = {
  name: string | null;
  email: string | null;
  phone: string | null;
  country: string | null;
  entries: TimelineEntry[];
};

/** Of each kind. */
const MOST = 50;

/** @returns null for a customer whom this shop does not know */
export async function customerTimeline(
  tx: Tx,
  shopId: ShopId,
  customerGid: string,
): Promise<CustomerTimeline | null> {
  const customer = await tx.customer.findUnique({ where: { shopId_gid: { shopId, gid: customerGid } } });
  if (!customer) return null;
  const whose = { shopId, customerGid };
  const orders = await tx.order.findMany({ where: whose, orderBy: { placedAt: "desc" }, take: MOST });
  const entries: TimelineEntry[] = orders.map(
    ({ gid, name, placedAt, totalMinor, currency, cancelledAt }) => ({
      ...{
        kind: "order",
        at: placedAt,
        key: gid,
        name,
        totalMinor,
        currency,
        cancelled: cancelledAt !== null,
      },
    }),
  );
  entries.push(...(await messagesOf(tx, shopId, customerGid)));
  entries.push(...(await offersOf(tx, shopId, customerGid)));
  entries.push(...(await answersOf(tx, shopId, customerGid)));
  entries.push(...(await loyaltyOf(tx, shopId, customerGid)));
  const cases = await tx.case.findMany({ where: whose, orderBy: { openedAt: "desc" }, take: MOST });
  for (const { id, type, state, openedAt } of cases)
    entries.push({ kind: "case", at: openedAt, key: id, type, state, caseId: id });
  const holds = await tx.hold.findMany({
    where: { shopId, personKey: customerGid },
    orderBy: { startsAt: "desc" },
    take: MOST,
  });
  for (const { id, reason, startsAt, endsAt } of holds)
    entries.push({ kind: "hold", at: startsAt, key: id, reason, until: endsAt });
  const consents = await tx.consentEvent.findMany({
    where: whose,
    orderBy: { happenedAt: "desc" },
    take: MOST,
  });
  for (const { id, channel, state, source, happenedAt } of consents)
    entries.push({ kind: "consent", at: happenedAt, key: id, channel, state, source });
  const { firstName, lastName, email, phone, country } = customer;
  return {
    name: [firstName, lastName].filter(Boolean).join(" ") || null,
    ...{ email, phone, country },
    entries: entries.sort((a, b) => b.at.getTime() - a.at.getTime()),
  };
}

async function messagesOf(tx: Tx, shopId: ShopId, customerGid: string): Promise<TimelineEntry[]> {
  const rows = await tx.message.findMany({
    where: { shopId, customerGid },
    orderBy: { queuedAt: "desc" },
    take: MOST,
    select: {
      ...{ id: true, templateKey: true, channel: true, state: true, reason: true, queuedAt: true },
      sentAt: true,
    },
  });
  return rows.map(({ id, queuedAt, sentAt, ...row }) => ({
    ...{ kind: "message", at: sentAt ?? queuedAt, key: id, ...row },
  }));
}

async function offersOf(tx: Tx, shopId: ShopId, personKey: string): Promise<TimelineEntry[]> {
  const rows = await tx.placement.findMany({
    where: { shopId, personKey, kind: "offer", impressionAt: { not: null } },
    orderBy: { impressionAt: "desc" },
    take: MOST,
  });
  const offers = await tx.offer.findMany({
    where: { shopId, id: { in: rows.map(({ candidateId }) => candidateId).filter(isUuid) } },
    select: { id: true, name: true },
  });
  const names = new Map(offers.map(({ id, name }) => [id, name]));
  return rows.map(({ decisionId, position, candidateId, surface, ...row }) => ({
    kind: "offer",
    at: row.acceptedAt ?? row.dismissedAt ?? row.clickedAt ?? row.impressionAt!,
    key: `${decisionId}:${position}`,
    title: names.get(candidateId) ?? "An offer that is gone",
    surface,
    outcome: row.acceptedAt
      ? "accepted"
      : row.dismissedAt
        ? "dismissed"
        : row.clickedAt
          ? "clicked"
          : "shown",
  }));
}

async function answersOf(tx: Tx, shopId: ShopId, customerGid: string): Promise<TimelineEntry[]> {
  const rows = await tx.surveyResponse.findMany({
    where: { shopId, customerGid, answeredAt: { not: null } },
    orderBy: { answeredAt: "desc" },
    take: MOST,
    include: { survey: { select: { name: true } } },
  });
  return rows.map(({ id, survey, score, channel, answeredAt }) => ({
    ...{ kind: "answer", at: answeredAt!, key: id, survey: survey.name, score, channel },
  }));
}

/** Points stand before the joining: what comes of it in the same moment is newer. */
async function loyaltyOf(tx: Tx, shopId: ShopId, customerGid: string): Promise<TimelineEntry[]> {
  const members = await tx.loyaltyMember.findMany({ where: { shopId, customerGid } });
  const entries: TimelineEntry[] = [];
  for (const { id, joinedAt, joinedVia } of members) {
    const ledger = await ledgerOf(tx, shopId, id, MOST);
    entries.push(
      ...ledger.map(({ id: key, kind: cause, createdAt: at, points, state, orderName }) => ({
        ...{ kind: "points" as const, at, key, cause, points, state, orderName },
      })),
      { kind: "joined", at: joinedAt, key: id, via: joinedVia },
    );
  }
  return entries;
}
