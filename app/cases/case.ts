/** What a case is, as data for the domain, its pages and journeys. Pure. */

export const CASE_TYPES = [
  "not-arrived",
  "late",
  "damaged",
  "wrong-item",
  "missing-item",
  "wrong-address",
  "product-question",
  "warranty",
  "return-help",
  "unhappy",
  "general",
] as const;
export type CaseType = (typeof CASE_TYPES)[number];

/** In the merchant's words. */
export const CASE_LABELS: Record<CaseType, string> = {
  "not-arrived": "Not arrived",
  late: "Late",
  damaged: "Damaged",
  "wrong-item": "Wrong item",
  "missing-item": "Missing item",
  "wrong-address": "Wrong address",
  "product-question": "Question about a product",
  warranty: "Warranty",
  "return-help": "Help with a return",
  unhappy: "Bad score",
  general: "Something else",
};

/** What shoppers can choose from: a bad score is given elsewhere. */
export const SHOPPER_TYPES = CASE_TYPES.filter((type) => type !== "unhappy");

/** Who opened it. */
export const CASE_SOURCES = ["staff", "journey", "delivery", "shopper", "answer"] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

/** What stands in a case: `told` is why it was opened, or what came in addition; `written` is the shopper's own words. */
export type CaseEntryKind = "told" | "written" | "note" | "reply" | "solved" | "reopened";

/** The reason of the hold on marketing while a case is not solved. */
export const OPEN_CASE = "open-case";

/** Longest text of a note, a reply or a shopper's message. */
export const MOST_CHARACTERS = 4000;
