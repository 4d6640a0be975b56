/** What a draw chooses from, by column. */
export type Arms = {
  count: number;
  /** Expected gain of each arm, and its standard deviation; showing nothing gains 0. There may be more room than arms. */
  mean: Float64Array;
  spread: Float64Array;
};

/** Room for so many arms. Draws come thousands a second, so their arms are written into the same room again and again. */
export function roomForArms(most: number): Arms {
  return { count: 0, mean: new Float64Array(most), spread: new Float64Array(most) };
}

export function armsOf(list: readonly { mean: number; spread: number }[]): Arms {
  const arms = roomForArms(list.length);
  for (const { mean, spread } of list) addArm(arms, mean, spread);
  return arms;
}

export function addArm(arms: Arms, mean: number, spread: number): void {
  if (arms.count === arms.mean.length) {
    const larger = roomForArms(2 * arms.count + 8);
    larger.mean.set(arms.mean);
    larger.spread.set(arms.spread);
    arms.mean = larger.mean;
    arms.spread = larger.spread;
  }
  arms.mean[arms.count] = mean;
  arms.spread[arms.count] = spread;
  arms.count++;
}
