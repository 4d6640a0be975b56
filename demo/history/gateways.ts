// How invented buyers paid: habits differ by country, value and history, as they do in shops.
import { CARD } from "../store/payments.ts";
import type { Minor } from "../store/types.ts";
import type { Random } from "./random.ts";

type Buyer = { countryCode: string; total: Minor; returning: boolean };
type Habits = Record<string, number>;

const HABITS: Record<string, Habits> = {
  US: { [CARD]: 70, paypal: 20, affirm: 5 },
  DE: { [CARD]: 16, paypal: 40, klarna: 32, "Bank Deposit": 8 },
  FR: { [CARD]: 72, paypal: 18, "Bank Deposit": 4, "Cash on Delivery (COD)": 5 },
  ES: { [CARD]: 38, paypal: 18, bizum: 32, "Bank Deposit": 3, "Cash on Delivery (COD)": 8 },
};
const ELSEWHERE: Habits = { [CARD]: 65, paypal: 30 };

/** Small sums are paid quickly, large ones later; who comes back trusts the invoice. */
const SMALL: Habits = { paypal: 1.7, bizum: 1.6, affirm: 0, "Bank Deposit": 0.3 };
const LARGE: Habits = { klarna: 1.8, affirm: 5, "Bank Deposit": 2, "Cash on Delivery (COD)": 0.4 };
const RETURNING: Habits = { klarna: 1.7, [CARD]: 1.15 };

/** Draws once, whatever the buyer is like, so that the rest of the history stays the same. */
export function pickGateway(random: Random, buyer: Buyer): string {
  return random.weighted(weightsOf(buyer), ([, weight]) => weight)[0];
}

/** The best guess that anybody can make. */
export function likeliestGateway(buyer: Buyer): string {
  return weightsOf(buyer).toSorted(([, a], [, b]) => b - a)[0]![0];
}

function weightsOf({ countryCode, total, returning }: Buyer): [gateway: string, weight: number][] {
  const factors = [total < 4000 ? SMALL : {}, total > 12_000 ? LARGE : {}, returning ? RETURNING : {}];
  return Object.entries(HABITS[countryCode] ?? ELSEWHERE).map(([gateway, share]) => [
    gateway,
    factors.reduce((weight, factor) => weight * (factor[gateway] ?? 1), share),
  ]);
}
