export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** About E[sigmoid(z)] for z normal: exact to second order where p is near a half, and E[exp z] where yes is rare. */
export function meanProbability(mean: number, variance: number): number {
  return sigmoid(mean + (variance / 2) * (1 - 2 * sigmoid(mean)));
}
