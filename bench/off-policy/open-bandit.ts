/**
 * The Open Bandit sample (ZOZO; 10,000 logged recommendations of each of two policies, with propensities and clicks):
 * what would the most clicked items, or an even choice, have got? Three places on the page count as one.
 */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { LoggedRow } from "../../app/decisions/evaluation/logged-row.ts";

const FOLDER = "../shared/data/open-bandit";
export const OPEN_BANDIT_LOGS = ["random", "bts"] as const;

type Click = { item: number; click: number; propensity: number; user: string };

/** Null where the sample is not here. */
export function readOpenBandit(log: (typeof OPEN_BANDIT_LOGS)[number]): Click[] | null {
  const file = `${FOLDER}/${log}/women.csv.gz`;
  if (!existsSync(file)) return null;
  const [head = "", ...lines] = gunzipSync(readFileSync(file)).toString().trim().split("\n");
  const names = head.split(",");
  const place = (name: string) => names.indexOf(name);
  return lines.map((line) => {
    const cells = line.split(",");
    return {
      item: Number(cells[place("item_id")]),
      click: Number(cells[place("click")]),
      propensity: Number(cells[place("propensity_score")]),
      user: [0, 1, 2, 3].map((feature) => cells[place(`user_feature_${feature}`)]).join(),
    };
  });
}

export type OpenBanditPolicy = "even" | "most clicked so far";

/** The log seen by another policy. Click rates are learnt as the log goes on, so no row knows its own outcome. */
export function seenBy(policy: OpenBanditPolicy, clicks: Click[]): LoggedRow[] {
  const items = 1 + Math.max(...clicks.map(({ item }) => item));
  const [shown, clicked] = [new Float64Array(items), new Float64Array(items)];
  return clicks.map(({ item, click, propensity }, index) => {
    const rates = Array.from(shown, (count, one) => (clicked[one]! + 0.5) / (count + 100));
    const best = rates.indexOf(Math.max(...rates));
    const target = (one: number) =>
      policy === "even" ? 1 / items : (one === best ? 0.95 : 0) + 0.05 / items;
    shown[item]! += 1;
    clicked[item]! += click;
    return {
      // The sample names no shoppers: rows stand for themselves.
      person: String(index),
      propensity,
      target: target(item),
      showing: 1,
      // Only the propensity of what was drawn is known. On average this comes to the same.
      squaredWeight: (target(item) / propensity) ** 2,
      unsupported: 0,
      reward: click,
      taken: click === 1,
      action: { key: String(item), guess: rates[item]! },
      targets: rates.map((rate, one) => ({ key: String(one), guess: target(one) * rate })),
    };
  });
}
