/** What can be tested, and by which figures. Apart from experiment.ts, so that pages do not load its schemas. */
export const SUBJECTS = ["offer", "survey", "message"] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What decides, per person. Money in minor units of the shop's currency. */
export const METRICS = ["revenue", "taken", "answered", "clicks"] as const;
export type Metric = (typeof METRICS)[number];
/** What must not get worse meanwhile. */
export const GUARDRAILS = ["dismissed", "refunded", "unsubscribed"] as const;
export type Guardrail = (typeof GUARDRAILS)[number];

/** The first one is proposed. */
export const METRICS_OF: Record<Subject, readonly Metric[]> = {
  offer: ["revenue", "taken"],
  survey: ["answered"],
  message: ["clicks", "revenue"],
};
export const GUARDRAILS_OF: Record<Subject, readonly Guardrail[]> = {
  offer: ["dismissed", "refunded"],
  survey: ["dismissed"],
  message: ["unsubscribed"],
};
