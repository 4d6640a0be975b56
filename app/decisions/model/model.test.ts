import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { armsOf } from "../arms";
import { drawArms } from "../draw";
import { randomFrom } from "../random";
import { candidateFeatures, contextFeatures } from "./features";
import { correctToTaken, learn } from "./learning";
import { believeIn, emptyModel, onlyBelieved, type Model } from "./model";
import { PRIOR_VARIANCE } from "./priors";
import { packModel, unpackModel } from "./state";
import { whatSpoke } from "./what-spoke";
import { beliefFrom, EXPLORATION, hopeful, priorLogOdds } from "./worth";

const PRIOR = 0.03;
const tea = { kind: "offer", id: "o", subject: "tea", features: { category: "Tea", price: "low" } };
const lamp = { kind: "offer", id: "o", subject: "lamp", features: { category: "Lamps", price: "high" } };

function probabilities(model: Model, traits: Record<string, string>): number[] {
  const candidates = [tea, lamp].map(candidateFeatures);
  return believeIn(model, contextFeatures(traits), candidates).map(
    (odds) => beliefFrom(odds, PRIOR).probability,
  );
}

function teach(model: Model, candidate: typeof tea, traits: Record<string, string>, taken: boolean) {
  const example = { context: contextFeatures(traits), candidate: candidateFeatures(candidate), taken };
  learn(model, { ...example, prior: priorLogOdds(PRIOR) });
}

/** Phones take tea, desktops take lamps; made from a seed. */
function teachTastes(model: Model, examples: number): void {
  const random = randomFrom("tastes");
  for (let index = 0; index < examples; index++) {
    const device = random() < 0.5 ? "phone" : "desktop";
    const candidate = random() < 0.5 ? tea : lamp;
    const liked = (device === "phone") === (candidate === tea);
    teach(model, candidate, { device }, random() < (liked ? 0.2 : 0.01));
  }
}

test("before anything is learnt, a belief is the candidate's own guess", () => {
  const [first, second] = probabilities(emptyModel(), { device: "phone" });
  expect(first).toBeCloseTo(PRIOR, 2);
  expect(second).toBe(first);
  const [odds] = believeIn(emptyModel(), contextFeatures({}), [candidateFeatures(tea)]);
  expect(odds!.variance).toBeCloseTo(PRIOR_VARIANCE, 6);
});

test("what depends on the context is learnt by context", () => {
  const model = emptyModel();
  teachTastes(model, 4_000);
  const [teaOnPhone, lampOnPhone] = probabilities(model, { device: "phone" });
  const [teaOnDesktop, lampOnDesktop] = probabilities(model, { device: "desktop" });
  expect(teaOnPhone).toBeGreaterThan(0.1);
  expect(lampOnPhone).toBeLessThan(0.05);
  expect(teaOnDesktop).toBeLessThan(0.05);
  expect(lampOnDesktop).toBeGreaterThan(0.1);
});

test("a new candidate starts from what is known of its kind and category, and is less sure", () => {
  const model = emptyModel();
  for (let index = 0; index < 2_000; index++) teach(model, tea, {}, index % 4 === 0);
  const fresh = { ...tea, subject: "another tea" };
  const alien = { ...lamp, id: "other", features: { category: "Boats", price: "huge" } };
  const odds = believeIn(model, contextFeatures({}), [tea, fresh, alien].map(candidateFeatures));
  const [known, cousin, stranger] = odds.map((one) => beliefFrom(one, PRIOR));
  expect(known!.probability).toBeCloseTo(0.25, 1);
  expect(cousin!.probability).toBeGreaterThan(stranger!.probability);
  expect(odds[1]!.variance).toBeGreaterThan(odds[0]!.variance);
});

test("a late yes takes its no back", () => {
  const [rightAway, late, never] = [emptyModel(), emptyModel(), emptyModel()];
  for (const model of [rightAway, late, never]) for (let i = 0; i < 50; i++) teach(model, tea, {}, false);
  teach(rightAway, tea, {}, true);
  teach(late, tea, {}, false);
  correctToTaken(late, {
    context: contextFeatures({}),
    candidate: candidateFeatures(tea),
    prior: priorLogOdds(PRIOR),
  });
  teach(never, tea, {}, false);
  const [yes, corrected, no] = [rightAway, late, never].map((model) => probabilities(model, {})[0]!);
  expect(corrected).toBeGreaterThan(no!);
  expect(Math.abs(corrected! - yes!)).toBeLessThan(0.35 * (yes! - no!));
  expect(late.learnt).toBe(rightAway.learnt);
});

test("after a change of taste, the belief follows", () => {
  const model = emptyModel();
  for (let index = 0; index < 2_000; index++) teach(model, tea, {}, index % 4 === 0);
  for (let index = 0; index < 2_000; index++) teach(model, tea, {}, index % 50 === 0);
  expect(probabilities(model, {})[0]!).toBeLessThan(0.14);
});

test("the same examples give the same bytes, and bytes give the same model", async () => {
  const [one, other] = [emptyModel(), emptyModel()];
  for (const model of [one, other]) teachTastes(model, 3_000);
  const bytes = await packModel(one);
  const hash = (of: Uint8Array) => createHash("sha256").update(of).digest("hex");
  expect(hash(await packModel(other))).toBe(hash(bytes));
  const back = await unpackModel(bytes);
  expect(probabilities(back, { device: "phone" })).toEqual(probabilities(one, { device: "phone" }));
  expect(back.learnt).toBe(3_000);
  expect(bytes.length).toBeLessThan(2_000_000);
  await expect(unpackModel(await packModel({ ...one, widths: [one.widths[0]!] }))).rejects.toThrow("layout");
});

test("a model that is only read takes less memory, and believes the same", () => {
  const model = emptyModel();
  teachTastes(model, 2_000);
  const small = onlyBelieved(model);
  expect(small.widths.length).toBeLessThan(model.widths.length);
  expect(probabilities(small, { device: "phone" })).toEqual(probabilities(model, { device: "phone" }));
});

test("however much is learnt, the bytes stay below two megabytes", async () => {
  const model = emptyModel();
  const random = randomFrom("full");
  for (const { mean, variance } of model.widths) {
    for (let slot = 0; slot < mean.length; slot++) {
      mean[slot] = random() - 0.5;
      variance[slot] = random();
    }
  }
  expect((await packModel(model)).length).toBeLessThan(2_000_000);
});

test("what was not a number does not reach the weights", () => {
  const model = emptyModel();
  const broken = { ...tea, features: { ...tea.features, fit: NaN, orders: Infinity } };
  teach(model, broken as never, { device: "phone" }, true);
  expect(probabilities(model, { device: "phone" }).every(Number.isFinite)).toBe(true);
});

test("propensities match how often normal draws of the posterior win", () => {
  const model = emptyModel();
  teachTastes(model, 600);
  const [one, other] = believeIn(
    model,
    contextFeatures({ device: "phone" }),
    [tea, lamp].map(candidateFeatures),
  ).map((odds) => beliefFrom(odds, PRIOR));
  const values = [10, 25];
  const cost = 0.4;
  const arms = [one!, other!].map((belief, index) => ({
    mean: values[index]! * hopeful(belief) - cost,
    spread: EXPLORATION * 4 * values[index]! * belief.spread,
  }));
  const random = randomFrom("draws");
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const wins = [0, 0];
  const draws = 40_000;
  for (let draw = 0; draw < draws; draw++) {
    const [a, b] = arms.map(({ mean, spread }) => mean + spread * normal());
    if (Math.max(a!, b!) > 0) wins[a! > b! ? 0 : 1]! += 1;
  }
  const { chances } = drawArms(armsOf(arms), { limit: 1, forced: 0, random });
  chances.forEach((chance, arm) =>
    expect(Math.abs(chance - (0.01 + 0.98 * (wins[arm]! / draws)))).toBeLessThan(0.02),
  );
});

test("a thousand candidates are believed in, each a number", () => {
  const model = emptyModel();
  teachTastes(model, 200);
  const many = Array.from({ length: 1_000 }, (_, index) => ({ ...tea, subject: `product ${index}` }));
  const odds = believeIn(model, contextFeatures({ device: "phone" }), many.map(candidateFeatures));
  expect(odds.every(({ mean, variance }) => Number.isFinite(mean) && variance > 0)).toBe(true);
});

test("what spoke for and against is said in the words that were stored", () => {
  const model = emptyModel();
  expect(whatSpoke(model, tea, { device: "phone" })).toEqual({ for: [], against: [] });
  teachTastes(model, 4_000);
  const onPhone = whatSpoke(model, tea, { device: "phone" });
  const onDesktop = whatSpoke(model, tea, { device: "desktop" });
  const pair = (device: string) =>
    expect.objectContaining({
      feature: { name: "category", value: "Tea" },
      together: { name: "device", value: device },
    });
  expect(onPhone.for).toContainEqual(pair("phone"));
  expect(onDesktop.against).toContainEqual(pair("desktop"));
  expect(onPhone.for[0]!.factor).toBeGreaterThan(1);
  expect(onDesktop.against[0]!.factor).toBeLessThan(1);
});
