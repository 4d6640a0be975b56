/** How long ranking alone takes: judging and drawing among 50 candidates, with a model that has learnt. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "../servers/bundle.ts";

const CANDIDATES = 50;
const LEARNT = 5_000;
const RANKINGS = 5_000;
const NOW = new Date("2026-11-22T12:00:00Z");

type Parts = typeof import("./ranking-parts.ts");

/** @returns milliseconds of each ranking */
export async function timeRankings(): Promise<number[]> {
  const file = await bundle("bench/decisions/ranking-parts.ts", "ranking.mjs");
  const parts = (await import(pathToFileURL(resolve(file)).href)) as Parts;
  const { candidates, ...ask } = anAsk(parts);
  const person = { ...parts.STRANGER, personKey: "gid://shopify/Customer/1" };
  const times: number[] = [];
  for (let index = 0; index < RANKINGS; index++) {
    const begun = performance.now();
    parts.judge({ ...ask, seed: `ranking ${index}` }, { candidates }, person);
    times.push(performance.now() - begun);
  }
  // The first ones run before the compiler has seen them, as in no process that has served for a second.
  return times.slice(RANKINGS / 5);
}

function anAsk({ emptyModel, learn, candidateFeatures, contextFeatures }: Parts) {
  const traits = {
    surface: "thank-you",
    language: "en",
    hours: "12-16",
    weekend: "no",
    orderValue: "usual",
    items: "3-5",
  };
  const candidates = Array.from({ length: CANDIDATES }, (_, index) => ({
    kind: "offer" as const,
    id: "00000000-0000-7000-8000-000000000001",
    subject: `gid://shopify/Product/${index + 1}`,
    valueMinor: 500 + 37 * index,
    prior: 0.01 + index / 1_000,
    features: { fit: index / 1_000, source: index % 3 ? "together" : "popular", discountPercent: 10 },
    payload: () => ({}) as never,
  }));
  const model = emptyModel();
  const context = contextFeatures(traits);
  for (let index = 0; index < LEARNT; index++) {
    const candidate = candidates[index % CANDIDATES]!;
    const taken = index % 29 === 0;
    learn(model, {
      context,
      candidate: candidateFeatures(candidate),
      prior: Math.log(candidate.prior / (1 - candidate.prior)),
      taken,
    });
  }
  return {
    ...{ shopId: 1, id: "ranking", seed: "ranking", block: "offers" as const, surface: "thank-you" as const },
    ...{ locale: "en", orderGid: "gid://shopify/Order/1", customerGid: null, mayLink: true },
    ...{ orderValueMinor: 9_000, candidates, traits, model, limit: 1, now: NOW },
    rules: { surfaceOn: true, offerFloor: 0.002, holdoutPercent: 0, impressions: LEARNT, keptShare: 1 },
  };
}
