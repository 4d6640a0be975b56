import type { JobName } from "./jobs";

/**
 * The circuit diagram of the app: which fact starts which jobs. Names only.
 * A fact and the jobs it starts are written in the transaction that records the fact.
 */
export const FACTS = {
  "shop.installed": ["shops.start-import", "sponsored.read-feed", "sponsored.collect-invitations"],
  "shop.uninstalled": ["payments.forget"],
  "import.finished": ["orders.list-collections", "offers.learn-affinity", "payments.learn"],
  "customer.consent-changed": ["contact-policy.write-back-consent"],
  "order.placed": [
    "decisions.join-order",
    "surveys.join-order",
    "loyalty.join-order",
    "offers.attribute-order",
    "parcels.watch-order",
    "journeys.enter-order",
    "contact-policy.read-consent",
    "payments.note-order",
  ],
  "order.paid": ["loyalty.award-order"],
  /** What was added to an order after its payment is paid as well. */
  "order.balance-paid": ["offers.attribute-order"],
  "order.cancelled": [
    "parcels.unwatch-order",
    "loyalty.void-order",
    "offers.attribute-refund",
    "journeys.cancel-order",
  ],
  "order.refunded": ["loyalty.claw-back", "offers.attribute-refund"],
  "parcel.shipped": ["journeys.enter-parcel"],
  "parcel.ready-for-pickup": ["journeys.enter-parcel"],
  "parcel.delivered": ["journeys.enter-parcel"],
  "delivery.exception-opened": ["contact-policy.hold-late", "journeys.enter-exception"],
  "delivery.exception-closed": ["contact-policy.hold-late"],
  "offer.accepted": ["offers.create-code"],
  "offer.code-given": ["offers.refill-codes"],
  "offer.edit-requested": ["offers.edit-order"],
  "campaign.judged": ["sponsored.tell-state"],
  "partner.link-changed": ["sponsored.tell-link"],
  "partner.offer-changed": ["sponsored.tell-offer"],
  "partner.charged": ["sponsored.tell-charge"],
  "payments.changed": ["payments.sync"],
  "survey.answered": ["loyalty.award-survey"],
  "loyalty.joined": ["loyalty.award-order"],
  "message.queued": ["messages.send"],
} as const satisfies Record<string, readonly JobName[]>;

export type FactName = keyof typeof FACTS;
