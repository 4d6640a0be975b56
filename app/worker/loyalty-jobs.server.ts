import { acrossShops, inShop } from "#app/db/in-shop.server";
import { approveDue, awardOrder, awardSurvey, joinOrder, settleOrder } from "#app/loyalty/loyalty.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function loyaltyJobs(
  ports: Ports,
): Pick<
  JobHandlers,
  | "loyalty.join-order"
  | "loyalty.award-order"
  | "loyalty.award-survey"
  | "loyalty.void-order"
  | "loyalty.claw-back"
> {
  const settle = ({ shopId, orderGid }: { shopId: number; orderGid: string }) =>
    inShop(shopId, (tx) => settleOrder(tx, shopId, orderGid, ports.now()));
  return {
    "loyalty.join-order": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => joinOrder(tx, shopId, orderGid, ports.now())),
    "loyalty.award-order": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => awardOrder(tx, shopId, orderGid, ports.now())),
    "loyalty.award-survey": ({ shopId, responseId }) =>
      inShop(shopId, (tx) => awardSurvey(tx, shopId, responseId, ports.now())),
    "loyalty.void-order": settle,
    "loyalty.claw-back": settle,
  };
}

const BATCH = 500;

/** Pending points whose return window has ended become approved, member by member. */
const approvePoints: Sweep = {
  name: "loyalty.approve-points",
  everySeconds: 30,
  run: async (ports) => {
    const now = ports.now();
    const due = await acrossShops(
      (tx) => tx.$queryRaw<{ shopId: number; memberId: string }[]>`
        SELECT DISTINCT "shopId", "memberId" FROM (
          SELECT e."shopId", e."memberId" FROM "LedgerEntry" e
          JOIN "Shop" s ON s.id = e."shopId" AND s.status = 'installed'
          WHERE e.state = 'pending' AND e."availableAt" <= ${now}
          ORDER BY e."availableAt" LIMIT ${BATCH}
        ) due`,
    );
    let approved = 0;
    for (const { shopId, memberId } of due) {
      approved += await inShop(shopId, (tx) => approveDue(tx, shopId, memberId, now));
    }
    return approved;
  },
};

export const loyaltySweeps: Sweep[] = [approvePoints];
