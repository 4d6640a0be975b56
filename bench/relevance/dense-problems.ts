import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chanceFrom } from "./chance.ts";
import type { Measured } from "./parts.ts";

/**
 * Classification as a bandit: one class is shown per example, and only whether it was right is told. Well-known sets
 * where their files are at hand: a head, then the class and the features of each example, numbers or words (record 17
 * says where they come from). They are no part of this repository. Where the one of numbers is missing, problems MADE UP in
 * its shape are measured under another name: errors on those cannot be compared with published ones, only with the
 * peers beside them.
 */
export type Problem = { classes: number; examples: Example[] };
export type Example = { numbers: Float64Array; words: string[]; label: number };
type Shape = { examples: number; features: number; classes: number; latent: number; spread: number };

const SHAPES: Record<string, Shape> = {
  letter: { examples: 20_000, features: 16, classes: 26, latent: 10, spread: 0.75 },
  digits: { examples: 1_797, features: 64, classes: 10, latent: 16, spread: 0.6 },
};
export const SETS = ["letter", "mushrooms", "digits"];
const FOLDER = process.env.RELEVANCE_DENSE_DATA ?? "../shared/data/dense";

/** The set as it is in its file; none where there is no file. */
export function fileOf(set: string): string | undefined {
  const file = join(FOLDER, `${set}.csv`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Figures of a made-up problem are not those of the set. */
export function nameOf(set: string): string {
  return fileOf(set) ? `dense_${set}` : `${set}_shape`;
}

export function canMeasure(set: string): boolean {
  return set in SHAPES || fileOf(set) !== undefined;
}

/** @returns the figures of each problem that can be measured, named after the problem */
export function eachProblem(seed: number, measure: (problem: Problem) => Record<string, number>): Measured {
  const measured: Measured = {};
  for (const set of SETS.filter(canMeasure)) {
    const file = fileOf(set);
    const problem = file ? shuffled(file, seed) : makeProblem(seed, SHAPES[set]!);
    for (const [key, value] of Object.entries(measure(problem))) measured[`${nameOf(set)}_${key}`] = [value];
  }
  return measured;
}

function shuffled(file: string, seed: number): Problem {
  const [head, ...rows] = file
    .trim()
    .split("\n")
    .map((line) => line.trim().split(","));
  const classes = [...new Set(rows.map(([label]) => label!))].sort();
  const isNumber = head!.map((_, column) => rows.every((row) => Number.isFinite(Number(row[column]))));
  const examples = chanceFrom(7_000 + seed)
    .permutation(rows.length)
    .map((place) => {
      const [label, ...features] = rows[place]!;
      const numbers = Float64Array.from(features.filter((_, at) => isNumber[at + 1]).map(Number));
      const words = features.flatMap((word, at) => (isNumber[at + 1] ? [] : `${head![at + 1]}=${word}`));
      return { numbers, words, label: classes.indexOf(label!) };
    });
  return { classes: classes.length, examples };
}

const MODES = 2;

/** Every class is a few clouds in a space of fewer dimensions; the features are mixtures of those. */
function makeProblem(seed: number, shape: Shape): Problem {
  const chance = chanceFrom(5_000 + seed);
  const cloud = () => Array.from({ length: shape.latent }, () => chance.normal());
  const centres = Array.from({ length: shape.classes }, () => {
    const middle = cloud();
    return Array.from({ length: MODES }, () => cloud().map((one, at) => middle[at]! + 0.6 * one));
  });
  const mixing = Array.from({ length: shape.features }, cloud);
  const examples = Array.from({ length: shape.examples }, () => {
    const label = chance.integer(shape.classes);
    const centre = centres[label]![chance.integer(MODES)]!;
    const point = centre.map((one) => one + shape.spread * chance.normal());
    const numbers = Float64Array.from(mixing, (row) => {
      const mixed = row.reduce((sum, weight, at) => sum + weight * point[at]!, 0);
      return mixed / Math.sqrt(2.4 * shape.latent) + 0.2 * chance.normal();
    });
    return { numbers, words: [], label };
  });
  return { classes: shape.classes, examples };
}
