import type { TemplateKey } from "#app/messages/default-templates";
import type { ExceptionKind } from "#app/parcels/exception";

/** The journeys every shop has. Each is one mail after one fact; `afterMinutes` is the wait in between. */
export type Journey = {
  step: string;
  template: TemplateKey;
  afterMinutes: number;
  /** Asks the NPS question, where the person may be asked. */
  asksNps: boolean;
  /** One mail however many parcels the order has. */
  oncePerOrder: boolean;
};

export type JourneyKey = "thank-you" | "shipped" | "delivered" | "pickup" | ExceptionJourney;

/** One per kind of exception that a shopper is told about. */
export type ExceptionJourney = "not-shipped" | "delayed" | "attempted" | "pickup-reminder" | "not-delivered";

/** Three kinds are one to the shopper: it comes later. */
export const EXCEPTION_JOURNEYS: Record<ExceptionKind, ExceptionJourney> = {
  "not-shipped": "not-shipped",
  "not-picked-up": "delayed",
  stalled: "delayed",
  late: "delayed",
  "failed-attempt": "attempted",
  "not-collected": "pickup-reminder",
  "not-delivered": "not-delivered",
  "wrong-address": "attempted",
  damaged: "not-delivered",
  lost: "not-delivered",
  returned: "not-delivered",
};

/** The kinds of exception that this journey tells of. */
export function kindsOf(journey: ExceptionJourney): ExceptionKind[] {
  return (Object.keys(EXCEPTION_JOURNEYS) as ExceptionKind[]).filter(
    (kind) => EXCEPTION_JOURNEYS[kind] === journey,
  );
}

/** A mail at once, about this one parcel. */
function told(template: TemplateKey): Journey {
  return { step: "mail", template, afterMinutes: 0, asksNps: false, oncePerOrder: false };
}

export const JOURNEYS: Record<JourneyKey, Journey> = {
  "thank-you": { step: "mail", template: "thank-you", afterMinutes: 0, asksNps: false, oncePerOrder: true },
  shipped: { step: "mail", template: "shipped", afterMinutes: 0, asksNps: false, oncePerOrder: false },
  pickup: told("pickup"),
  "not-shipped": told("not-shipped"),
  delayed: told("delayed"),
  attempted: told("attempted"),
  "pickup-reminder": told("pickup-reminder"),
  "not-delivered": told("not-delivered"),
  delivered: { step: "mail", template: "delivered", afterMinutes: 120, asksNps: true, oncePerOrder: true },
};
