import type { ShopId, Tx } from "#app/db/tx";
import { DEFAULT_LIMITS, type Limits } from "./contact";
import { CountryRulesSchema, DoubleOptInSchema, type CountryRules, type DoubleOptIn } from "./country-rules";

/** The shop's own rules of contact; a shop that never changed them has the usual ones. */
export type ContactRules = {
  limits: Limits;
  /** Who confirms by a link before their agreement counts. */
  doubleOptIn: DoubleOptIn;
  /** What differs from the usual rule. */
  countries: CountryRules;
};

export async function contactSettingsOf(tx: Tx, shopId: ShopId): Promise<ContactRules> {
  const row = await tx.contactSettings.findUnique({ where: { shopId } });
  if (!row) return { limits: DEFAULT_LIMITS, doubleOptIn: "usual", countries: {} };
  const { marketingPerDay, marketingPerWeek, surveyGapDays, npsGapDays } = row;
  return {
    limits: {
      marketingPerDay,
      marketingPerWeek,
      surveyGapDays,
      npsGapDays,
      quiet: { startHour: row.quietFromHour, endHour: row.quietToHour },
    },
    doubleOptIn: DoubleOptInSchema.catch("usual").parse(row.doubleOptIn),
    countries: CountryRulesSchema.catch({}).parse(row.countryRules),
  };
}

export async function saveContactSettings(
  tx: Tx,
  shopId: ShopId,
  { limits, doubleOptIn, countries }: ContactRules,
  now: Date,
): Promise<void> {
  const { quiet, ...counts } = limits;
  const row = {
    ...counts,
    quietFromHour: quiet.startHour,
    quietToHour: quiet.endHour,
    doubleOptIn,
    countryRules: countries,
    updatedAt: now,
  };
  await tx.contactSettings.upsert({ where: { shopId }, create: { shopId, ...row }, update: row });
}
