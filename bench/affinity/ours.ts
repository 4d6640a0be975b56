import type { Baskets } from "../../app/offers/affinity/baskets.ts";
import type { Listed } from "../../app/offers/affinity/learn.ts";
import type { Affinity } from "./load.ts";
import type { Question, Stretch } from "./questions.ts";
import type { Ranks } from "./scores.ts";

export const OURS = "Postlude";
export const OURS_COLD = "Postlude, customer unknown";

/** The app's own learner and ranking, with the customer's earlier orders and as if nobody were known. */
export async function ourRanks(
  affinity: Affinity,
  baskets: Baskets,
  catalogue: readonly Listed[],
  { from }: Stretch,
  questions: readonly Question[],
): Promise<Ranks> {
  const before = affinity.firstBaskets(baskets, from);
  const learnt = await affinity.learnFromBaskets(before, catalogue, baskets.days[from]!, () => undefined);
  const { products, popular, habits, blend } = learnt;
  const earlierOf = affinity.rememberBaskets(baskets);
  const companions = new Map<number, ReturnType<typeof learnt.companionsOf>>();
  const ranks: Ranks = { [OURS]: [], [OURS_COLD]: [] };
  for (const { order, rest, hidden } of questions) {
    const ordered = rest.map((item) => {
      if (!companions.has(item)) companions.set(item, learnt.companionsOf(item));
      return { ...products[item]!, title: "", others: companions.get(item)! };
    });
    const around = { ordered, popular, habits };
    const bought = affinity.boughtBefore(baskets, earlierOf(order), learnt);
    const rankOf = (proposed: ReturnType<typeof affinity.rankProspects>) => {
      const rank = proposed.findIndex(({ product }) => product === products[hidden]);
      return rank < 0 ? null : rank;
    };
    ranks[OURS]!.push(rankOf(affinity.rankProspects({ ...around, bought }, blend)));
    ranks[OURS_COLD]!.push(rankOf(affinity.rankProspects(around, blend)));
  }
  return ranks;
}
