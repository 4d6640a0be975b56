import type { ExceptionKind } from "#app/parcels/exception";

/** What went wrong with a delivery, as a merchant reads it, and what it means. */
export const EXCEPTION_WORDS: Record<ExceptionKind, { name: string; means: string }> = {
  "not-shipped": { name: "Not shipped in time", means: "The order has waited longer than you allow." },
  "not-picked-up": {
    name: "Not picked up",
    means: "The carrier knows the parcel but has never scanned it.",
  },
  stalled: { name: "Standing still", means: "No scan for some working days." },
  late: { name: "Later than told", means: "It will probably miss the last day that the shopper was told." },
  "failed-attempt": { name: "Delivery attempted", means: "The carrier found nobody." },
  "not-collected": { name: "Not collected yet", means: "It waits at the pickup point." },
  "not-delivered": { name: "Could not be delivered", means: "The carrier gave up and does not say why." },
  "wrong-address": {
    name: "Wrong address",
    means: "The carrier cannot find the address, or nobody of this name.",
  },
  damaged: { name: "Damaged", means: "The carrier or your staff noted damage." },
  lost: { name: "Lost", means: "The carrier no longer knows where it is." },
  returned: { name: "Returned to you", means: "Refused, not fetched or sent back for another reason." },
};

export function exceptionName(kind: string): string {
  return EXCEPTION_WORDS[kind as ExceptionKind]?.name ?? kind;
}
