import { firstBaskets, type Baskets } from "./baskets";
import { fitBlend, rankOfAnswer, type Question } from "./fit-blend";
import { learnCompanions, type Knowledge } from "./learn-companions";
import { askAbout } from "./questions";
import type { Blend } from "./rank";
import { learnHabits, repeatRate } from "./sales";
import type { Companion, Habit, Sellable } from "./sellable";
import { readTitles, type TitleWords } from "./title-words";
import { USUAL_BLEND } from "./usual-blend";

/** A product as the shop's catalogue has it. */
export type Listed = { productGid: string; title: string; category: string; priceMinor: number };

/** All that a shop's orders teach about what goes with what. */
export type Learnt = {
  products: Sellable[];
  /** Companions of a product, strongest pull first. */
  companionsOf: (item: number) => Companion[];
  /** Best sellers first. */
  popular: Sellable[];
  habits: Map<string, Habit>;
  blend: Blend;
  /** How well the newest orders were foretold by what was known before them; null for shops with few orders. */
  measured: Measured | null;
};

/** Shares of questions whose hidden product was among the first three proposals. */
export type Measured = { questions: number; hitRate: number; hitRateKnown: number | null };

const POPULAR = 150;
/** Shops with fewer orders keep the usual blend. */
const LEAST_BASKETS = 300;
/** The newest orders, which the blend is fitted on: this share of all, but no more than this many. */
const NEWEST_SHARE = 0.4;
const MOST_NEWEST = 4_500;
/** They are asked about in so many stretches, each with what was known before it: about as fresh as what serves shoppers. */
const STRETCHES = 8;

/**
 * @param baskets oldest first, with products as indexes into `catalogue`
 * @param today what counts as now, in days since 1970
 * @param breathe called every millisecond or so of work, so that the process can do other things
 */
export async function learnFromBaskets(
  baskets: Baskets,
  catalogue: readonly Listed[],
  today: number,
  breathe: () => Promise<void> | void,
): Promise<Learnt> {
  const titles = readTitles(catalogue.map(({ title }) => title));
  const fitted = await learnBlend(baskets, catalogue, titles, breathe);
  return { ...(await knowledgeOf(baskets, catalogue, titles, today, breathe)), ...fitted };
}

async function knowledgeOf(
  baskets: Baskets,
  catalogue: readonly Listed[],
  titles: TitleWords,
  today: number,
  breathe: () => Promise<void> | void,
): Promise<Omit<Learnt, "blend" | "measured">> {
  const knowledge = await learnCompanions(baskets, titles, today, breathe);
  const products = catalogue.map((listed, item) => sellableFrom(listed, item, knowledge, today));
  return {
    products,
    popular: bestSellers(products),
    habits: learnHabits(
      baskets,
      knowledge.sales,
      catalogue.map(({ category }) => category),
    ),
    companionsOf: (item) =>
      knowledge
        .companionsOf(item)
        .map(({ item: other, ...bond }) => ({ product: products[other]!, ...bond })),
  };
}

function sellableFrom(
  { productGid, category, priceMinor }: Listed,
  item: number,
  { sales }: Knowledge,
  today: number,
): Sellable {
  return {
    productGid,
    key: item,
    category,
    priceMinor,
    orders: sales.orders[item]!,
    recentOrders: sales.recentOrders[item]!,
    ageDays: sales.orders[item] === 0 ? 0 : Math.max(0, today - sales.firstDay[item]!),
    repeatRate: repeatRate(sales, item),
  };
}

/** By recent orders first, so that a season's products come up in time. */
function bestSellers(products: Sellable[]): Sellable[] {
  return products
    .filter(({ orders }) => orders > 0)
    .sort((a, b) => b.recentOrders - a.recentOrders || b.orders - a.orders)
    .slice(0, POPULAR);
}

type Answers = { cold: (Question | null)[]; known: (Question | null)[] };

/** Asks about the newest orders what was known before them, and learns from the answers how much to trust what. */
async function learnBlend(
  baskets: Baskets,
  catalogue: readonly Listed[],
  titles: TitleWords,
  breathe: () => Promise<void> | void,
): Promise<Pick<Learnt, "blend" | "measured">> {
  if (baskets.count < LEAST_BASKETS) return { blend: USUAL_BLEND, measured: null };
  const newest = Math.min(MOST_NEWEST, Math.floor(baskets.count * NEWEST_SHARE));
  const stretch = Math.floor(newest / STRETCHES);
  const asked: Answers[] = [];
  for (let from = baskets.count - STRETCHES * stretch; from < baskets.count; from += stretch) {
    asked.push(await askBetween(baskets, from, from + stretch, catalogue, titles, breathe));
  }
  const ofCold = await fitSafely(
    asked.flatMap(({ cold }) => cold),
    USUAL_BLEND.cold,
    breathe,
  );
  const ofKnown = await fitSafely(
    asked.flatMap(({ known }) => known),
    USUAL_BLEND.known,
    breathe,
  );
  return {
    blend: { cold: ofCold.weights, known: ofKnown.weights },
    measured: measuredFrom(ofCold, ofKnown),
  };
}

/** Asks about the baskets from `from` to before `to`, knowing only those before. */
async function askBetween(
  baskets: Baskets,
  from: number,
  to: number,
  catalogue: readonly Listed[],
  titles: TitleWords,
  breathe: () => Promise<void> | void,
): Promise<Answers> {
  const before = firstBaskets(baskets, from);
  const then = await knowledgeOf(before, catalogue, titles, baskets.days[from]!, breathe);
  const companions = new Map<number, Companion[]>();
  function companionsOf(item: number): Companion[] {
    const known = companions.get(item) ?? then.companionsOf(item);
    companions.set(item, known);
    return known;
  }
  const answers: Answers = { cold: [], known: [] };
  for (const { cold, known, isKnown } of askAbout(firstBaskets(baskets, to), from, {
    ...then,
    companionsOf,
  })) {
    await breathe();
    answers.cold.push(cold);
    if (isKnown) answers.known.push(known);
  }
  return answers;
}

type Fitted = Awaited<ReturnType<typeof fitSafely>>;

function measuredFrom(cold: Fitted, known: Fitted): Measured | null {
  if (cold.questions === 0) return null;
  return {
    questions: cold.questions,
    hitRate: cold.hitRate,
    hitRateKnown: known.questions > 0 ? known.hitRate : null,
  };
}

/** The last third of the questions checks what the first two thirds taught: a fit that does worse than the usual weights is not used. */
async function fitSafely(
  asked: (Question | null)[],
  usual: Float64Array,
  breathe: () => Promise<void> | void,
) {
  const split = Math.floor((asked.length * 2) / 3);
  const checks = asked.slice(split);
  const trial = fitBlend(
    asked.slice(0, split).filter((one) => one !== null),
    usual,
  );
  const [learnt, unlearnt] = [scoreOn(checks, trial), scoreOn(checks, usual)];
  await breathe();
  const better = learnt.reciprocal > unlearnt.reciprocal;
  return {
    weights: better
      ? fitBlend(
          asked.filter((one) => one !== null),
          usual,
          trial,
        )
      : usual,
    questions: checks.length,
    hitRate: (better ? learnt : unlearnt).hitRate,
  };
}

function scoreOn(asked: (Question | null)[], weights: Float64Array) {
  let [hits, reciprocal, total] = [0, 0, 0];
  for (const one of asked) {
    const weight = one?.weight ?? 1;
    const rank = one ? rankOfAnswer(one, weights) : Infinity;
    total += weight;
    if (rank < 3) hits += weight;
    reciprocal += weight / (rank + 1);
  }
  return { hitRate: total > 0 ? hits / total : 0, reciprocal };
}
