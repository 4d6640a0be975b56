import type { ShopId, Tx } from "#app/db/tx";
import { rulesOf } from "#app/parcels/exceptions.server";
import { afterBusinessHours } from "./business-hours";
import { CaseRulesSchema, DEFAULT_CASE_RULES, type CaseRules } from "./case-rules";

/** The shop's rules for cases, and the clock that follows from them. */

export async function caseRulesOf(tx: Tx, shopId: ShopId): Promise<CaseRules> {
  const row = await tx.caseSettings.findUnique({ where: { shopId } });
  return row ? CaseRulesSchema.parse(row.rules) : DEFAULT_CASE_RULES;
}

/** Clocks that run already stay as they are. */
export async function saveCaseRules(tx: Tx, shopId: ShopId, rules: CaseRules, now: Date): Promise<void> {
  const values = { rules, updatedAt: now };
  await tx.caseSettings.upsert({ where: { shopId }, create: { shopId, ...values }, update: values });
}

/** By when a shopper who turns to us at `from` should hear from us. */
export async function answerDue(tx: Tx, shopId: ShopId, from: Date): Promise<Date> {
  const { answerHours, opensAt, closesAt } = await caseRulesOf(tx, shopId);
  const { country, timezone } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { closedDays } = await rulesOf(tx, shopId);
  const calendar = { country, timezone, closedDays };
  return afterBusinessHours(from, answerHours, { opensAt, closesAt, calendar });
}
