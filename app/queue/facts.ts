import type { JobName } from "./jobs";

/**
 * The circuit diagram of the app: which fact starts which jobs. Names only.
 * A fact and the jobs it starts are written in the transaction that records the fact.
 */
export const FACTS = {
  "shop.installed": [
    "shops.start-import",
    "sponsored.read-feed",
    "sponsored.collect-invitations",
    "parcels.tell-theme",
    "payments.sync",
  ],
  "shop.uninstalled": ["payments.forget"],
  "import.finished": ["orders.list-collections", "offers.learn-affinity", "payments.learn", "journeys.learn"],
  "customer.consent-changed": ["contact-policy.write-back-consent"],
  "order.placed": [
    "decisions.join-order",
    "surveys.join-order",
    "loyalty.join-order",
    "offers.attribute-order",
    "parcels.watch-order",
    "journeys.hear",
    "contact-policy.read-consent",
    "payments.note-order",
  ],
  "order.paid": ["loyalty.award-order", "journeys.hear"],
  /** What was added to an order after its payment is paid as well. */
  "order.balance-paid": ["loyalty.claw-back", "offers.attribute-order"],
  "order.cancelled": [
    "parcels.unwatch-order",
    "loyalty.void-order",
    "offers.attribute-refund",
    "journeys.hear",
  ],
  "order.refunded": ["loyalty.claw-back", "offers.attribute-refund", "journeys.hear"],
  /** A payment back failed, or its amount became known. */
  "order.refund-corrected": ["loyalty.claw-back", "offers.attribute-refund"],
  "parcel.shipped": ["journeys.hear"],
  "parcel.ready-for-pickup": ["journeys.hear"],
  "parcel.out-for-delivery": ["journeys.hear"],
  "parcel.delivered": ["journeys.hear"],
  "delivery.exception-opened": ["contact-policy.hold-late", "cases.hear-exception", "journeys.hear"],
  "delivery.exception-closed": ["contact-policy.hold-late", "cases.hear-exception", "journeys.hear"],
  "offer.accepted": ["offers.create-code"],
  "offer.code-given": ["offers.refill-codes"],
  "offer.edit-requested": ["offers.edit-order"],
  "campaign.judged": ["sponsored.tell-state"],
  "partner.link-changed": ["sponsored.tell-link"],
  "partner.offer-changed": ["sponsored.tell-offer"],
  "partner.charged": ["sponsored.tell-charge"],
  "payments.changed": ["payments.sync"],
  "survey.answered": ["loyalty.award-survey", "cases.hear-answer", "journeys.hear"],
  "case.opened": ["journeys.hear"],
  "case.solved": ["journeys.hear"],
  "loyalty.joined": ["loyalty.award-order", "journeys.hear"],
  "loyalty.points-approved": ["journeys.hear"],
  /** What the calendar tells. */
  "customer.birthday": ["journeys.hear"],
  "customer.lapsed": ["journeys.hear"],
  "replenishment.due": ["journeys.hear"],
  "replenishment.late": ["journeys.hear"],
  "journey.intent-made": ["journeys.fulfil-intent"],
  "message.queued": ["messages.send"],
} as const satisfies Record<string, readonly JobName[]>;

export type FactName = keyof typeof FACTS;
