import { indexOfMethod, isRow, type PaymentConfig, type PaymentRule, type PaymentWeights } from "./config";

export type Buyer = {
  /** ISO code, "" when not known. */
  country: string;
  /** What is to be paid, in major units of the shop's currency. */
  total: number;
  returning: boolean;
  /** "phone", "desktop", or "" when not known. */
  device: string;
};

/** How a list of methods is to be shown: indexes into that list. */
export type Plan = { visible: number[]; hidden: number[] };

/**
 * The order of the shown payment methods. Learnt methods change places among themselves, the likeliest first (not with
 * `learnt: false`, as for the holdout); methods that past orders do not know keep their place. The shop's rules hold
 * for everybody. At least one method always stays.
 */
export function planOrder(config: PaymentConfig, names: string[], buyer: Buyer, learnt: boolean): Plan {
  const known = names.map((name) => indexOfMethod(config, name));
  const rules = known.map((index) => ruleFor(config, index, buyer));
  const free = names.map((_, index) => index).filter((index) => !rules[index]);
  const ranked = learnt && config.weights ? sortKnown(free, known, scoresFor(config.weights, buyer)) : free;
  const placed = (place: PaymentRule["place"]) =>
    names.map((_, index) => index).filter((index) => rules[index]?.place === place);
  const visible = [...placed("first"), ...ranked, ...placed("last")];
  const hidden = placed("hidden");
  // A shop without a way to pay sells nothing, whatever its rules say.
  if (visible.length === 0) visible.push(...hidden.splice(0, 1));
  return { visible, hidden };
}

function ruleFor({ methods, rules }: PaymentConfig, index: number, buyer: Buyer): PaymentRule | undefined {
  const key = methods[index];
  return rules.find(
    (rule) =>
      rule.key === key &&
      (rule.countries === undefined || rule.countries.includes(buyer.country)) &&
      (rule.from === undefined || buyer.total >= rule.from),
  );
}

/** Sorts the methods with a score within the places that such methods hold; equal ones keep their order. */
function sortKnown(free: number[], known: number[], scores: number[]): number[] {
  const scoreOf = (index: number) => scores[known[index]!];
  const scored = free.filter((index) => scoreOf(index) !== undefined);
  const best = [...scored].sort((a, b) => scoreOf(b)! - scoreOf(a)! || a - b);
  let next = 0;
  return free.map((index) => (scoreOf(index) === undefined ? index : best[next++]!));
}

/** Log-odds per learnt method, in the order of `config.methods`; none where one of the buyer's weights is garbled. */
export function scoresFor(weights: PaymentWeights, buyer: Buyer): number[] {
  const { base, country, edges, value, returning, device } = weights;
  const rows = [
    value[bandOf(edges, buyer.total)],
    returning[buyer.returning ? 1 : 0],
    ...ownRow(country, buyer.country),
    ...ownRow(device, buyer.device),
  ];
  if (!rows.every((row) => isRow(row, base.length))) return [];
  return base.map((odds, method) => rows.reduce((sum, row) => sum + row![method]!, odds));
}

/** The device is what a buyer's browser says: "constructor" must find nothing. */
function ownRow(rows: Record<string, number[]>, key: string): (number[] | undefined)[] {
  return Object.prototype.hasOwnProperty.call(rows, key) ? [rows[key]] : [];
}

/** Index of the value band of a total; a band's upper end belongs to the next one. */
export function bandOf(edges: number[], total: number): number {
  const band = edges.findIndex((edge) => total < edge);
  return band === -1 ? edges.length : band;
}
