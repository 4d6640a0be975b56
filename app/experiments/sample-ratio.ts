import { chiSquareTail } from "./distributions";

/**
 * Did people really land in the arms as planned? If not, something lost people of one arm (a page that fails, a mail
 * that is not stored), and the arms cannot be compared.
 */
export type SampleRatio = {
  /** Probability of such a split, or a stranger one, if all were well. */
  probability: number;
  isOff: boolean;
};

/** Strict, because merchants look again and again; a real fault is soon far beyond. */
const ALARM = 0.001;

/** Pearson's chi-square test. @param arms people of each arm, and the share of all that it should have */
export function checkSampleRatio(arms: { people: number; share: number }[]): SampleRatio {
  const people = arms.reduce((sum, arm) => sum + arm.people, 0);
  const shares = arms.reduce((sum, arm) => sum + arm.share, 0);
  const planned = arms.filter((arm) => arm.share > 0);
  const strayed = arms.some((arm) => arm.share <= 0 && arm.people > 0);
  if (people === 0 || planned.length < 2) return { probability: 1, isOff: false };
  const distance = planned.reduce((sum, arm) => {
    const expected = (people * arm.share) / shares;
    return sum + (arm.people - expected) ** 2 / expected;
  }, 0);
  const probability = strayed ? 0 : chiSquareTail(distance, planned.length - 1);
  return { probability, isOff: probability < ALARM };
}
