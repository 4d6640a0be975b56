import type { TemplateKey } from "#app/messages/default-templates";

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

export type JourneyKey = "thank-you" | "shipped" | "delivered";

export const JOURNEYS: Record<JourneyKey, Journey> = {
  "thank-you": { step: "mail", template: "thank-you", afterMinutes: 0, asksNps: false, oncePerOrder: true },
  shipped: { step: "mail", template: "shipped", afterMinutes: 0, asksNps: false, oncePerOrder: false },
  delivered: { step: "mail", template: "delivered", afterMinutes: 120, asksNps: true, oncePerOrder: true },
};
