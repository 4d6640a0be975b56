import type { Surface } from "../../extensions/shared/contract";
import type { Candidate } from "#app/decisions/candidate";
import { careTextsIn, type Care } from "#app/shops/care";
import type { Locale } from "#app/shops/settings";

/**
 * Thanks, reassurance and help: what may stand where no offer is worth the shopper's attention (decisions see to that
 * order). Pure: from the shop's settings and what is known of the shopper.
 */
export type CareMoment = {
  surface: Surface;
  locale: Locale;
  /** Undefined where the page does not tell and we do not know. */
  isFirstOrder: boolean | undefined;
};

/** Before the purchase nobody is thanked for it, and mails have words of their own. */
const AFTER_PURCHASE: ReadonlySet<Surface> = new Set(["thank-you", "order-status", "account", "tracking"]);

export function careCandidates(care: Care, { surface, locale, isFirstOrder }: CareMoment): Candidate[] {
  if (!AFTER_PURCHASE.has(surface)) return [];
  const texts = careTextsIn(care, locale);
  const features = {
    customer: isFirstOrder === undefined ? "unknown" : isFirstOrder ? "first" : "returning",
  };
  const candidates: Candidate[] = [];
  if (care.appreciation && isFirstOrder === false) {
    const payload = { kind: "appreciation" as const, ...texts.appreciation };
    candidates.push({ kind: "appreciation", id: "appreciation", features, payload });
  }
  if (care.reassurance && isFirstOrder === true) {
    const points = texts.reassurance.points.filter((point) => point !== "");
    const payload = { kind: "reassurance" as const, ...texts.reassurance, points };
    candidates.push({ kind: "reassurance", id: "reassurance", features, payload });
  }
  if (care.help && texts.help.questions.length > 0) {
    const contact = care.contactUrl ? { contactUrl: care.contactUrl } : {};
    const payload = { kind: "help" as const, ...texts.help, ...contact };
    candidates.push({ kind: "help", id: "help", features, payload });
  }
  return candidates;
}
