import { expect, test } from "vitest";
import { packBaskets, type Basket } from "./baskets";
import { FEATURES } from "./features";
import { fitBlend, rankOfAnswer, type Question } from "./fit-blend";
import { learnFromBaskets, type Listed } from "./learn";
import { rankProspects } from "./rank";
import { isRefill } from "./sellable";
import { solveInPlace } from "./solve";
import { USUAL_BLEND } from "./usual-blend";

const calm = () => undefined;

function listed(titles: string[], category = ""): Listed[] {
  return titles.map((title, item) => ({
    productGid: `gid://shopify/Product/${item}`,
    title,
    category,
    priceMinor: 1_000,
  }));
}

/** `times` orders of these items, a day apart, by one customer or by strangers. */
function orders(items: number[], times: number, customer = 0): Basket[] {
  return Array.from({ length: times }, (_, day) => ({ items, day, customer }));
}

async function learn(baskets: Basket[], catalogue: Listed[]) {
  return learnFromBaskets(packBaskets(baskets), catalogue, 400, calm);
}

type Learnt = Awaited<ReturnType<typeof learn>>;

function around({ products, companionsOf, popular, habits }: Learnt, ordered: number[]) {
  return {
    ordered: ordered.map((item) => ({ ...products[item]!, title: `${item}`, others: companionsOf(item) })),
    popular,
    habits,
  };
}

const gid = (item: number) => `gid://shopify/Product/${item}`;

test("a system of equations is solved", () => {
  const [a, b, c] = [4, 3, 5];
  const matrix = Float64Array.of(a, 0, 0, 1, b, 0, 0.5, 1, c);
  const full = [a, 1, 0.5, 1, b, 1, 0.5, 1, c];
  const wanted = [1, -2, 3];
  const right = Float64Array.from([0, 1, 2], (row) =>
    wanted.reduce((sum, x, column) => sum + full[row * 3 + column]! * x, 0),
  );
  solveInPlace(matrix, right, 3);
  right.forEach((x, index) => expect(x).toBeCloseTo(wanted[index]!, 10));
});

test("a matrix that rounding made singular still gives finite numbers", () => {
  const right = Float64Array.of(1, 1);
  solveInPlace(Float64Array.of(1, 1, 1, 1), right, 2);
  expect(right.every(Number.isFinite)).toBe(true);
});

test("what is bought together comes before what merely sells well", async () => {
  const learnt = await learn(
    [...orders([0, 1], 40), ...orders([2], 200), ...orders([0, 2], 3), ...orders([3, 2], 40)],
    listed(["tea", "pot", "lamp", "bulb"]),
  );
  const ranked = rankProspects(around(learnt, [0]), learnt.blend);
  expect(ranked[0]!.product.productGid).toBe(gid(1));
  expect(ranked[0]!.goesWith?.productGid).toBe(gid(0));
  expect(ranked.map(({ product }) => product.productGid)).not.toContain(gid(0));
  expect(ranked.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9);
});

test("a shop with no orders at all has something to propose for its only known product: likely titles", async () => {
  const learnt = await learn([], listed(["Rose tea cup", "Rose tea pot", "Desk lamp", "Garden hose"]));
  const ranked = rankProspects(around(learnt, [0]), learnt.blend);
  expect(ranked.map(({ product }) => product.productGid)).toEqual([gid(1)]);
  expect(learnt.measured).toBeNull();
});

test("a product that hardly ever sold is pulled by a like title, without a claim that anybody bought both", async () => {
  const learnt = await learn(
    [...orders([0, 2], 30), ...orders([1], 1), ...orders([3], 30)],
    listed(["Willow teapot", "Willow cup", "Sugar", "Desk lamp"]),
  );
  const cup = learnt.companionsOf(0).find(({ product }) => product.productGid === gid(1))!;
  expect(cup.pull).toBeGreaterThan(0.05);
  expect(cup).toMatchObject({ together: 0, confidence: 0, walk: 0 });
  const proposed = rankProspects(around(learnt, [0]), learnt.blend);
  expect(proposed.map(({ product }) => product.productGid)).toEqual([gid(2), gid(1), gid(3)]);
  expect(proposed.map(({ goesWith }) => goesWith?.productGid ?? null)).toEqual([gid(0), null, null]);
});

test("titles that are missing, all the same, or of words that nobody shares leave what was bought together", async () => {
  const baskets = [...orders([0, 1], 20), ...orders([2, 3], 20), ...orders([0, 3], 2)];
  for (const titles of [["", "", "", ""], Array(4).fill("Gift card"), ["tea", "pot", "lamp", "bulb"]]) {
    const learnt = await learn(baskets, listed(titles));
    const [best, ...others] = learnt.companionsOf(0).filter(({ pull }) => pull > 0);
    expect(best).toMatchObject({ product: { productGid: gid(1) }, together: 20 });
    expect(others.every(({ together }) => together > 0)).toBe(true);
  }
});

test("a catalogue too large to hold all pairs at once learns the same from orders and titles", async () => {
  const titles = ["Willow teapot", "Willow cup", "Willow plate", "Desk lamp", "Desk mat"];
  const baskets = [
    ...orders([0, 1], 20),
    ...orders([0, 3], 10),
    ...orders([2, 3, 4], 2),
    ...orders([1, 4], 5),
  ];
  async function bonds(products: number) {
    const learnt = await learn(
      baskets,
      listed(Array.from({ length: products }, (_, item) => titles[item] ?? "")),
    );
    return titles.map((_, item) => learnt.companionsOf(item));
  }
  const [inSquare, inRows] = [await bonds(4_000), await bonds(4_001)];
  expect(inRows.flat().length).toBeGreaterThan(10);
  inRows.flat().forEach(({ product, pull, together }, index) => {
    const same = inSquare.flat()[index]!;
    expect([product.productGid, together]).toEqual([same.product.productGid, same.together]);
    expect(pull).toBeCloseTo(same.pull, 6);
  });
});

test("refills are proposed again to who bought them, durables never", async () => {
  const refills = Array.from({ length: 30 }, (_, customer) => orders([0], 6, customer + 1)).flat();
  const durables = Array.from({ length: 120 }, (_, customer) => orders([1], 1, customer + 1)).flat();
  const catalogue = [
    { ...listed(["beans"], "Coffee")[0]!, productGid: gid(0) },
    { ...listed(["kettle"], "Kettles")[0]!, productGid: gid(1) },
    { ...listed(["mug"], "Mugs")[0]!, productGid: gid(2) },
  ];
  const learnt = await learn([...refills, ...durables], catalogue);
  expect([isRefill(learnt.habits, "Coffee"), isRefill(learnt.habits, "Kettles")]).toEqual([true, false]);
  const [beans, kettle] = learnt.products;
  const bought = [
    { product: beans!, times: 2 },
    { product: kettle!, times: 1 },
  ];
  const proposed = rankProspects({ ...around(learnt, [2]), bought }, learnt.blend);
  expect(proposed.map(({ product }) => product.productGid)).toEqual([gid(0)]);
  const ordered = rankProspects({ ...around(learnt, [0]), bought }, learnt.blend);
  expect(ordered.map(({ product }) => product.productGid)).not.toContain(gid(0));
});

test("nonsense prices do not spoil the ranking", async () => {
  const learnt = await learn(orders([0, 1], 10), listed(["tea", "pot"]));
  learnt.products[1]!.priceMinor = Number.NaN;
  const [first] = rankProspects(around(learnt, [0]), learnt.blend);
  expect(first!.chance).toBe(1);
});

test("the blend learns what told the answer, and keeps the usual weights where nothing was asked", () => {
  const feature = FEATURES.indexOf("likeness");
  const questions = Array.from({ length: 200 }, (_, index): Question => {
    const features = new Float32Array(3 * FEATURES.length);
    const answer = index % 3;
    features[answer * FEATURES.length + feature] = 1;
    // A fact that says nothing.
    features[(index % 2) * FEATURES.length] = 1;
    return { features, prospects: 3, answer, weight: 1 };
  });
  const weights = fitBlend(questions, USUAL_BLEND.cold);
  expect(weights[feature]).toBeGreaterThan(2);
  expect(rankOfAnswer(questions[0]!, weights)).toBe(0);
  expect([...fitBlend([], USUAL_BLEND.cold)]).toEqual([...USUAL_BLEND.cold]);
});

test("the newest orders teach the blend, and how well they were foretold is told", async () => {
  const pairs = Array.from({ length: 400 }, (_, day) => {
    const family = (day * 7) % 10;
    return { items: [family * 2, family * 2 + 1], day, customer: 0 };
  });
  const learnt = await learn(pairs, listed(Array.from({ length: 20 }, (_, item) => `product ${item}`)));
  expect(learnt.measured!.questions).toBeGreaterThan(20);
  expect(learnt.measured!.hitRate).toBe(1);
  expect(learnt.blend.cold.every(Number.isFinite)).toBe(true);
});
