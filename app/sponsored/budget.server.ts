import type { ShopId, Tx } from "#app/db/tx";

/**
 * Spending that cannot overrun a budget: one conditional update of the campaign's row. Whoever spends at the same moment,
 * in whichever process, waits for that row and then meets what was spent before; a check of the table stands behind it.
 *
 * @param day the shop's calendar day
 * @returns false where the total or the day's budget has no room for it; nothing is then taken
 */
export async function spend(
  tx: Tx,
  shopId: ShopId,
  campaignId: string,
  { amountMinor, day }: { amountMinor: number; day: string },
): Promise<boolean> {
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0)
    throw new Error(`not an amount: ${amountMinor}`);
  const taken = await tx.$executeRaw`
    UPDATE "SponsoredCampaign" SET
      "spentMinor" = "spentMinor" + ${amountMinor},
      "spentTodayMinor" = CASE WHEN "spentOn" = ${day} THEN "spentTodayMinor" ELSE 0 END + ${amountMinor},
      "spentOn" = ${day}
    WHERE "shopId" = ${shopId} AND id = ${campaignId}::uuid
      AND "spentMinor" + ${amountMinor} <= "budgetMinor"
      AND ("dailyBudgetMinor" IS NULL
        OR CASE WHEN "spentOn" = ${day} THEN "spentTodayMinor" ELSE 0 END + ${amountMinor} <= "dailyBudgetMinor")`;
  return taken > 0;
}

/**
 * Gives back to the budget what a reversed charge had taken, and to the day's budget where that day is still the last one.
 *
 * @param day the shop's calendar day of the charge
 */
export async function giveBack(
  tx: Tx,
  shopId: ShopId,
  campaignId: string,
  { amountMinor, day }: { amountMinor: number; day: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "SponsoredCampaign" SET
      "spentMinor" = greatest(0, "spentMinor" - ${amountMinor}),
      "spentTodayMinor" = CASE WHEN "spentOn" = ${day}
        THEN greatest(0, "spentTodayMinor" - ${amountMinor}) ELSE "spentTodayMinor" END
    WHERE "shopId" = ${shopId} AND id = ${campaignId}::uuid`;
}
