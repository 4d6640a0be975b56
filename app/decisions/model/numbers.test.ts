import { expect, test } from "vitest";
import { randomFrom } from "../random";
import { candidateFeatures, contextFeatures, type Traits } from "./features";
import { correctToTaken, learn } from "./learning";
import { believeIn, emptyModel, onlyBelieved, type Model } from "./model";
import { packModel, unpackModel } from "./state";
import { whatSpoke } from "./what-spoke";
import { beliefFrom, priorLogOdds } from "./worth";

const PRIOR = 0.2;
const tea = { kind: "offer", id: "tea", features: {} };
const lamp = { kind: "offer", id: "lamp", features: {} };

function probabilities(model: Model, traits: Traits, candidates = [tea, lamp]): number[] {
  return believeIn(model, contextFeatures(traits), candidates.map(candidateFeatures)).map(
    (odds) => beliefFrom(odds, PRIOR).probability,
  );
}

function exampleOf(candidate: typeof tea, traits: Traits) {
  return {
    context: contextFeatures(traits),
    candidate: candidateFeatures(candidate),
    prior: priorLogOdds(PRIOR),
  };
}

/** Two numbers that nearly say the same, far from zero; it is their small difference that tells who takes tea. */
function aMoment(random: () => number) {
  const weight = 5_000 + 1_000 * random();
  const difference = random() - 0.5;
  return { traits: { weight, price: weight + 300 * difference }, likesTea: difference > 0 };
}

const noNumbers: Traits = {};
function taught(examples: number, before: (index: number) => Traits = () => noNumbers): Model {
  const model = emptyModel();
  const random = randomFrom("numbers");
  for (let index = 0; index < examples; index++) {
    const { traits, likesTea } = aMoment(random);
    const candidate = random() < 0.5 ? tea : lamp;
    const taken = random() < (likesTea === (candidate === tea) ? 0.8 : 0.05);
    learn(model, { ...exampleOf(candidate, { ...traits, ...before(index) }), taken });
  }
  return model;
}

test("numbers that nearly say the same are told apart, whatever their scale", () => {
  const model = taught(3_000);
  const random = randomFrom("others");
  let right = 0;
  for (let index = 0; index < 400; index++) {
    const { traits, likesTea } = aMoment(random);
    const [ofTea, ofLamp] = probabilities(model, traits);
    right += Number(ofTea! > ofLamp! === likesTea);
  }
  expect(right).toBeGreaterThan(360);
});

test("before anything is learnt of a candidate, numbers leave it its own guess", () => {
  const model = taught(50);
  const fresh = { ...tea, id: "another" };
  const [withNumbers] = probabilities(model, { weight: 5_100, price: 5_200 }, [fresh]);
  const [without] = probabilities(model, {}, [fresh]);
  expect(Math.abs(withNumbers! - without!)).toBeLessThan(0.02);
});

test("a late yes takes its no back, numbers and all", () => {
  const traits = { weight: 5_900, price: 5_700 };
  const [rightAway, late, never] = [taught(200), taught(200), taught(200)];
  learn(rightAway, { ...exampleOf(tea, traits), taken: true });
  learn(late, { ...exampleOf(tea, traits), taken: false });
  correctToTaken(late, exampleOf(tea, traits));
  learn(never, { ...exampleOf(tea, traits), taken: false });
  const [sooner, later, none] = [rightAway, late, never].map((model) => probabilities(model, traits)[0]!);
  expect(later).toBeGreaterThan(none!);
  expect(Math.abs(later! - sooner!)).toBeLessThan(Math.abs(sooner! - none!) / 2);
});

test("what was learnt of numbers is stored, also of those that were met later", async () => {
  const model = taught(400, (index) => (index > 200 ? { visits: index % 7 } : noNumbers));
  const back = await unpackModel(await packModel(model));
  const moment = { weight: 5_300, price: 5_310, visits: 3 };
  expect(back.scales.size).toBe(3);
  expect(probabilities(back, moment)).toEqual(probabilities(model, moment));
  expect(probabilities(onlyBelieved(back), moment)).toEqual(probabilities(onlyBelieved(model), moment));
  const whole = await packModel(back);
  learn(model, { ...exampleOf(tea, moment), taken: true });
  learn(back, { ...exampleOf(tea, moment), taken: true });
  expect(await packModel(back)).toEqual(await packModel(model));
  expect(await packModel(back)).not.toEqual(whole);
});

test("what is no number, or far out, neither breaks a belief nor rules it", () => {
  const model = taught(400);
  const broken = { weight: NaN, price: Infinity, note: null } as never;
  learn(model, { ...exampleOf(tea, broken), taken: true });
  learn(model, { ...exampleOf(tea, { weight: 1e300, price: -1e300 }), taken: true });
  for (const moment of [broken, { weight: 1e12, price: 0 }, { weight: 5_500, price: 5_400 }]) {
    expect(probabilities(model, moment).every((one) => one > 0 && one < 1)).toBe(true);
  }
});

test("however many numbers and candidates there are, the bytes stay below two megabytes", async () => {
  const model = emptyModel();
  const random = randomFrom("full");
  for (const { mean, variance } of model.widths) {
    for (let slot = 0; slot < mean.length; slot++) [mean[slot], variance[slot]] = [random() - 0.5, random()];
  }
  const numbers = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`number ${at}`, random()]));
  const learnNumbers = (candidates: number, count: number) => {
    for (let index = 0; index < candidates; index++) {
      learn(model, { ...exampleOf({ ...tea, id: `offer ${index}` }, numbers(count)), taken: random() < 0.3 });
    }
  };
  learnNumbers(300, 16);
  expect(model.widths[0]!.joints.size).toBeGreaterThan(200);
  expect((await packModel(model)).length).toBeLessThan(2_000_000);
  learnNumbers(40, 200);
  expect(model.scales.size).toBe(128);
  expect(model.widths[0]!.joints.size).toBeLessThan(5);
  expect((await packModel(model)).length).toBeLessThan(2_000_000);
});

test("what a number spoke is said with its value", () => {
  const model = taught(3_000);
  const { for: pros } = whatSpoke(model, tea, { weight: 5_500, price: 5_640 });
  expect(pros).toContainEqual(expect.objectContaining({ feature: { name: "price", value: "5640" } }));
});
