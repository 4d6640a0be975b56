import { z } from "zod";
import type { PaymentConfig, PaymentRule, PaymentWeights } from "../../extensions/payment-ranking/src/config";
import type { PaymentRanking } from "#app/generated/prisma/client";
import { countrySchema } from "#app/shops/country";
import { familyOf } from "./methods";

/** What past orders taught. `names` as the payment step shows the method, normalised. */
export type Learnt = {
  /** How many orders it was learnt from. */
  orders: number;
  methods: { key: string; title: string; names: string[]; orders: number }[];
  /** Countries with weights of their own, most orders first; `counts` per method. */
  countries: { code: string; orders: number; counts: number[] }[];
  weights: PaymentWeights;
};

export const MOST_RULES = 20;

export const RuleSchema = z.object({
  key: z.string().min(1).max(60),
  place: z.enum(["first", "last", "hidden"]),
  countries: z.array(countrySchema).max(40, "At most 40 countries.").optional(),
  from: z.number().min(0, "Use 0 or more.").max(100_000_000).optional(),
});

export const RankingSchema = z.object({
  enabled: z.boolean(),
  holdoutPercent: z.int("Use a whole number.").min(0, "Use 0 to 50.").max(50, "Use 0 to 50."),
  rules: z.array(RuleSchema).max(MOST_RULES),
});
export type RankingForm = z.infer<typeof RankingSchema>;

/** Shopify hands the function no metafield above 10,000 bytes; some are left for what it may wrap around it. */
const LARGEST_METAFIELD_BYTES = 9_500;

export function learntOf({ learnt }: Pick<PaymentRanking, "learnt">): Learnt | null {
  return learnt as Learnt | null;
}

export function rulesOf({ rules }: Pick<PaymentRanking, "rules">): PaymentRule[] {
  return rules as PaymentRule[];
}

type Configurable = Pick<PaymentRanking, "salt" | "holdoutPercent" | "rules" | "learnt">;

/**
 * The metafield's value. Where it would be too large, the countries with the fewest orders go first: their buyers get the
 * shop's overall order.
 */
export function configOf(ranking: Configurable): PaymentConfig {
  const learnt = learntOf(ranking);
  const rules = rulesOf(ranking);
  const learntMethods = learnt?.methods ?? [];
  const ruled = rules
    .map(({ key }) => key)
    .filter((key) => !learntMethods.some((method) => method.key === key));
  const methods = [...learntMethods, ...[...new Set(ruled)].map(familyOf)];
  const config: PaymentConfig = {
    v: 1,
    salt: ranking.salt,
    holdout: ranking.holdoutPercent / 100,
    methods: methods.map(({ key }) => key),
    names: Object.fromEntries(methods.flatMap(({ names }, index) => names.map((name) => [name, index]))),
    weights: learnt?.weights ?? null,
    rules,
  };
  const kept = learnt?.countries.map(({ code }) => code) ?? [];
  while (byteLength(config) > LARGEST_METAFIELD_BYTES && config.weights && kept.length > 0) {
    kept.pop();
    const country = Object.fromEntries(kept.map((code) => [code, learnt!.weights.country[code]!]));
    config.weights = { ...config.weights, country };
  }
  return config;
}

function byteLength(config: PaymentConfig): number {
  return Buffer.byteLength(JSON.stringify(config));
}
