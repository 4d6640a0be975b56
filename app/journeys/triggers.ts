/**
 * What journeys listen to, as data for the engine and for the admin: facts that start one, and facts that people in one
 * are waiting for, leave by, or reach as a goal. All of them come through app/queue/facts.ts.
 */

/** What is known about the moment, and so may be asked in conditions. */
export type Topic =
  "order" | "customer" | "parcel" | "exception" | "answer" | "points" | "product" | "journey";

export type Trigger = {
  label: string;
  description: string;
  /** What conditions may ask about when it happens; "journey" asks what happened since somebody entered. */
  topics: readonly Topic[];
  /** What it is about, in the merchant's words: "once for each …". */
  subject: string;
};

const OF_ORDER = ["order", "customer"] as const;
const OF_PARCEL = ["parcel", "order", "customer"] as const;

export const TRIGGERS = {
  "order.placed": {
    label: "An order is placed",
    description: "Right after the checkout.",
    topics: OF_ORDER,
    subject: "order",
  },
  "order.paid": {
    label: "An order is paid",
    description: "When Shopify reports the payment.",
    topics: OF_ORDER,
    subject: "order",
  },
  "order.cancelled": {
    label: "An order is cancelled",
    description: "By the shop or the shopper.",
    topics: OF_ORDER,
    subject: "order",
  },
  "order.refunded": {
    label: "A refund is made",
    description: "Of an order or a part of it.",
    topics: OF_ORDER,
    subject: "refund",
  },
  "parcel.shipped": {
    label: "A parcel is shipped",
    description: "Each parcel of an order.",
    topics: OF_PARCEL,
    subject: "parcel",
  },
  "parcel.out-for-delivery": {
    label: "A parcel is out for delivery",
    description: "It is on the van and comes today.",
    topics: OF_PARCEL,
    subject: "parcel",
  },
  "parcel.ready-for-pickup": {
    label: "A parcel is ready for collection",
    description: "At a pickup point or in the store.",
    topics: OF_PARCEL,
    subject: "parcel",
  },
  "parcel.delivered": {
    label: "A parcel is delivered",
    description: "The carrier's word for it.",
    topics: OF_PARCEL,
    subject: "parcel",
  },
  "delivery.exception-opened": {
    label: "Something goes wrong with a delivery",
    description: "Late, stalled, not collected and so on.",
    topics: ["exception", ...OF_PARCEL],
    subject: "parcel",
  },
  "survey.answered": {
    label: "A survey is answered",
    description: "All of its questions.",
    topics: ["answer", "order", "customer"],
    subject: "answer",
  },
  "case.opened": {
    label: "A case is opened",
    description: "By the shopper, by staff, or by itself.",
    topics: OF_ORDER,
    subject: "case",
  },
  "case.solved": {
    label: "A case is solved",
    description: "By your staff.",
    topics: OF_ORDER,
    subject: "case",
  },
  "loyalty.joined": {
    label: "Somebody joins the loyalty programme",
    description: "On a page or from a message.",
    topics: ["points", "order", "customer"],
    subject: "member",
  },
  "loyalty.points-approved": {
    label: "Points can be spent",
    description: "When the return window of an order is over.",
    topics: ["points", "customer"],
    subject: "member",
  },
  "customer.birthday": {
    label: "It is the customer's birthday",
    description: "Where the customer's date of birth is known.",
    topics: ["customer"],
    subject: "birthday",
  },
  "customer.lapsed": {
    label: "A customer has not ordered for some time",
    description: "At 30, 60, 90, 120, 180 and 365 days after the last order.",
    topics: ["customer"],
    subject: "pause",
  },
  "replenishment.due": {
    label: "A product is likely to be used up",
    description: "When the first half of this shop's buyers have reordered it.",
    topics: ["product", "order", "customer"],
    subject: "product bought",
  },
  "replenishment.late": {
    label: "A product is overdue for reordering",
    description: "When three in four of this shop's buyers have reordered it.",
    topics: ["product", "order", "customer"],
    subject: "product bought",
  },
} as const satisfies Record<string, Trigger>;

export type TriggerFact = keyof typeof TRIGGERS;
export const TRIGGER_FACTS = Object.keys(TRIGGERS) as [TriggerFact, ...TriggerFact[]];

/**
 * Facts that somebody in a journey can meet. Those about an order count where it is the journey's own order (and
 * parcel, where it is about one); those about a person wherever they come from. A purchase is another order.
 */
export type Heard = { label: string; about: "order" | "person" };

export const HEARD = {
  "order.placed": { label: "Orders again", about: "person" },
  "order.paid": { label: "The order is paid", about: "order" },
  "order.cancelled": { label: "The order is cancelled", about: "order" },
  "order.refunded": { label: "The order is refunded", about: "order" },
  "parcel.shipped": { label: "A parcel is shipped", about: "order" },
  "parcel.out-for-delivery": { label: "The parcel is out for delivery", about: "order" },
  "parcel.ready-for-pickup": { label: "The parcel is ready for collection", about: "order" },
  "parcel.delivered": { label: "The parcel is delivered", about: "order" },
  "delivery.exception-opened": { label: "Something goes wrong with the delivery", about: "order" },
  "delivery.exception-closed": { label: "The delivery is in order again", about: "order" },
  "survey.answered": { label: "Answers a survey", about: "person" },
  "case.opened": { label: "A case is opened", about: "person" },
  "case.solved": { label: "A case is solved", about: "person" },
  "loyalty.joined": { label: "Joins the loyalty programme", about: "person" },
} as const satisfies Record<string, Heard>;

export type HeardFact = keyof typeof HEARD;
export const HEARD_FACTS = Object.keys(HEARD) as [HeardFact, ...HeardFact[]];
