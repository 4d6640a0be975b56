/** One decision of the log, seen with the eyes of another policy. */
export type LoggedRow = {
  /** Whose decision it was. One person's decisions are alike, so they are drawn together. */
  person: string;
  /** Probability with which the log drew what it drew; above 0 where it showed something. */
  propensity: number;
  /** Probability with which the other policy would have drawn the same. */
  target: number;
  /** Probability of the other policy for showing something that the log could draw there, 0..1. */
  showing: number;
  /** Mean square of the weight of what the log shows: target² / propensity, summed over what it could draw there. */
  squaredWeight: number;
  /** Probability of the other policy for what the log could never have drawn there, 0..1. */
  unsupported: number;
  /** What the decision earned, minor units. */
  reward: number;
  /** Whether something was taken. */
  taken: boolean;
  /** The action drawn, and what the log's own model expected of it before: it never saw this outcome. */
  action: Guess;
  /** The same for every action that the other policy may draw, weighted by its probability. */
  targets: Guess[];
};

/** `key` names the action over all decisions (an offer, say); `guess` is its expected reward, minor units. */
export type Guess = { key: string; guess: number };

/** Showing nothing earns nothing, and everybody knows it. */
export const NOTHING: Guess = { key: "", guess: 0 };
