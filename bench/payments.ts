/**
 * How often a buyer finds first the method they then pay with: the learnt order beside the shop's fixed one, on the last
 * fifth by time of generated pasts (no shop's real ways to pay are in the public data). The learnt order cannot change
 * what these buyers do, so this says how well it knows them, not what it brings: that is what the holdout is for.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { methodsFor } from "../demo/store/payments.ts";
import type { Figure } from "./harness.ts";
import { generatePast, type PastOrder } from "./payments/pasts.ts";

type Learning = Pick<typeof import("../app/payments/learn-payments.server.ts"), "learnFrom"> &
  Pick<typeof import("../app/payments/learnt.ts"), "configOf"> &
  Pick<typeof import("../extensions/payment-ranking/src/rank.ts"), "planOrder" | "bandOf">;

const SHOPS = 20;
const EDGES = [25, 40, 60, 100];
const BUNDLE = "node_modules/.cache/postlude-bench/payments.mjs";

export async function run(): Promise<Figure[]> {
  const learning = await bundleLearning();
  const small = await measure(learning, 300);
  const middle = await measure(learning, 1500);
  return [...figuresOf(small, 300), ...figuresOf(middle, 1500)];
}

type Hits = {
  orders: number;
  learnt: number;
  fixed: number;
  popular: number;
  possible: number;
  bytes: number;
};

function figuresOf({ orders, learnt, fixed, popular, possible, bytes }: Hits, size: number): Figure[] {
  const shop = `shop of ${size} orders`;
  return [
    {
      key: `hit_at_1_${size}`,
      title: `${shop}: paid with what stood first`,
      value: learnt / orders,
      unit: "",
      peer: { title: "shop's fixed order", value: fixed / orders },
    },
    {
      key: `ratio_to_popular_${size}`,
      title: `${shop}: against the most used method of the shop first`,
      value: learnt / popular,
      unit: "×",
      atLeast: 1,
    },
    {
      key: `share_of_possible_${size}`,
      title: `${shop}: of what the best guess reaches`,
      value: learnt / possible,
      unit: "",
      atLeast: 0.95,
    },
    {
      key: `metafield_bytes_${size}`,
      title: `${shop}: metafield`,
      value: bytes,
      unit: "bytes",
      atMost: 9_500,
    },
  ];
}

async function measure(learning: Learning, size: number): Promise<Hits> {
  const hits: Hits = { orders: 0, learnt: 0, fixed: 0, popular: 0, possible: 0, bytes: 0 };
  for (let seed = 1; seed <= SHOPS; seed++) {
    const past = generatePast(size, seed);
    const cut = Math.floor(past.length * 0.8);
    score(learning, past.slice(0, cut), past.slice(cut), hits);
  }
  return hits;
}

function score(
  { learnFrom, configOf, planOrder, bandOf }: Learning,
  before: PastOrder[],
  after: PastOrder[],
  hits: Hits,
) {
  const rows = before.map(({ totalMinor, ...order }) => ({
    ...order,
    band: bandOf(EDGES, totalMinor / 100),
    device: "",
    orders: 1,
  }));
  const config = configOf({ salt: "bench", holdoutPercent: 0, rules: [], learnt: learnFrom(rows, EDGES) });
  hits.bytes = Math.max(hits.bytes, Buffer.byteLength(JSON.stringify(config)));
  const mostUsed = gatewaysByUse(before);
  for (const { country, totalMinor, returning, gateway, likeliest } of after) {
    const offered = methodsFor(country);
    const buyer = { country, total: totalMinor / 100, returning, device: "" };
    const { visible } = planOrder(
      config,
      offered.map(({ name }) => name.en),
      buyer,
      true,
    );
    const popular = mostUsed.find((each) => offered.some((method) => method.gateway === each));
    hits.orders++;
    hits.learnt += Number(offered[visible[0]!]!.gateway === gateway);
    hits.fixed += Number(offered[0]!.gateway === gateway);
    hits.popular += Number(popular === gateway);
    hits.possible += Number(likeliest === gateway);
  }
}

function gatewaysByUse(orders: PastOrder[]): string[] {
  const uses = new Map<string, number>();
  for (const { gateway } of orders) uses.set(gateway, (uses.get(gateway) ?? 0) + 1);
  return [...uses].sort(([, a], [, b]) => b - a).map(([gateway]) => gateway);
}

/** The app's own code, bundled: the app imports without file extensions, which Node by itself does not follow. */
async function bundleLearning(): Promise<Learning> {
  await build({
    stdin: {
      contents: `export { learnFrom } from "./app/payments/learn-payments.server";
        export { configOf } from "./app/payments/learnt";
        export { planOrder, bandOf } from "./extensions/payment-ranking/src/rank";`,
      resolveDir: ".",
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: BUNDLE,
    logLevel: "silent",
  });
  return (await import(pathToFileURL(resolve(BUNDLE)).href)) as Learning;
}
