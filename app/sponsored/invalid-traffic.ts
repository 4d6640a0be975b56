import { machineRule, type Visit } from "#app/messages/human";

/**
 * Which clicks cost an advertiser nothing. Every visit is kept with the rule that spoke against it; the shopper is led
 * on all the same. The rules stand in docs/sponsored.md, for advertisers to read.
 */
export type InvalidRule =
  | "machine" // a robot, a link checker, or a page that was loaded ahead
  | "too-fast" // within a second of the page being made
  | "duplicate" // the same offer was clicked before
  | "too-many-by-person" // more than three clicks on one advertiser by one person in a day
  | "too-many-by-address" // more than twenty clicks from one address in an hour
  | "not-running" // the campaign was paused or over
  | "over-budget"; // the budget was used up

const SECOND = 1_000;
export const HOUR = 60 * 60 * SECOND;
export const DAY = 24 * HOUR;
const TOO_FAST_MS = SECOND;
const MOST_BY_PERSON = 3;
const MOST_BY_ADDRESS = 20;

/** What is known about earlier clicks that counted. */
export type Company = {
  /** The placement was clicked before. */
  isRepeated: boolean;
  /** By this person on this advertiser, in the last 24 hours. */
  byPerson: number;
  /** From this address on anything, in the last hour. */
  byAddress: number;
};

/** @returns the first rule that speaks against the visit, or null */
export function invalidRule(visit: Visit, decidedAt: Date, company: Company): InvalidRule | null {
  // Of a link on a page only what the visitor says counts, not when a mail was sent.
  if (machineRule(visit, new Date(0)) !== null) return "machine";
  if (company.isRepeated) return "duplicate";
  if (visit.at.getTime() - decidedAt.getTime() < TOO_FAST_MS) return "too-fast";
  if (company.byPerson >= MOST_BY_PERSON) return "too-many-by-person";
  if (company.byAddress >= MOST_BY_ADDRESS) return "too-many-by-address";
  return null;
}
