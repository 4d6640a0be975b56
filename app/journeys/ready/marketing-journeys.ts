import {
  LATE_PARCEL,
  ORDER_GONE,
  ORDERED_AGAIN,
  path,
  ready,
  send,
  SUBSCRIBED,
  waitDays,
  waitForMorning,
  when,
  type ReadyJourney,
} from "./ready-parts";

/** Reasons to come back. Off until a shop wants them; a tenth of the people is held out, so that the effect shows. */

const HELD_OUT = 10;
const ORDERS_WITHIN = { fact: "order.placed", withinDays: 30 } as const;

export const MARKETING_JOURNEYS = {
  welcome: ready("First-purchase welcome", "Three days after the first order arrived.", false, {
    trigger: {
      fact: "parcel.delivered",
      filters: [when("order.is-first", "is", true), when("order.all-delivered", "is", true), SUBSCRIBED],
    },
    reentry: { rule: "per-person", afterDays: null },
    exits: [...ORDER_GONE, LATE_PARCEL],
    goal: ORDERS_WITHIN,
    holdoutPercent: HELD_OUT,
    steps: [waitDays("settle", 3), waitForMorning("morning"), send("welcome")],
  }),
  care: ready("Care tips", "Three weeks after delivery: how it stays good.", false, {
    trigger: { fact: "parcel.delivered", filters: [when("order.all-delivered", "is", true), SUBSCRIBED] },
    reentry: { rule: "per-order", afterDays: null },
    exits: [...ORDER_GONE, LATE_PARCEL],
    steps: [waitDays("use-it", 21), waitForMorning("morning"), send("care")],
  }),
  review: ready("Product review", "Two weeks after delivery; later, where something is wrong.", false, {
    trigger: { fact: "parcel.delivered", filters: [when("order.all-delivered", "is", true), SUBSCRIBED] },
    reentry: { rule: "per-order", afterDays: null },
    exits: ORDER_GONE,
    steps: [
      waitDays("use-it", 14),
      waitForMorning("morning"),
      { id: "ask", type: "review-ask", channels: ["email"] },
    ],
  }),
  replenishment: ready(
    "Time to reorder",
    "When a product is likely to be used up, by your own customers' rhythm; once more if it is overdue.",
    false,
    {
      trigger: { fact: "replenishment.due", filters: [when("product.available", "is", true), SUBSCRIBED] },
      // Each purchase may be reminded of; nobody of the same product twice within a fortnight.
      reentry: { rule: "per-subject", afterDays: 14 },
      exits: [
        {
          id: "reordered",
          type: "condition",
          when: [when("product.reordered", "is", true)],
        },
        { id: "sold-out", type: "condition", when: [when("product.available", "is", false)] },
        LATE_PARCEL,
      ],
      goal: ORDERS_WITHIN,
      holdoutPercent: HELD_OUT,
      steps: [waitForMorning("morning"), send("replenish")],
    },
  ),
  "replenishment-late": ready(
    "Reorder reminder",
    "When three in four of your customers have reordered, and this one has not.",
    false,
    {
      trigger: { fact: "replenishment.late", filters: [when("product.available", "is", true), SUBSCRIBED] },
      reentry: { rule: "per-subject", afterDays: 14 },
      exits: [
        { id: "reordered", type: "condition", when: [when("product.reordered", "is", true)] },
        LATE_PARCEL,
      ],
      goal: ORDERS_WITHIN,
      holdoutPercent: HELD_OUT,
      steps: [waitForMorning("morning"), send("replenish")],
    },
  ),
  "win-back": ready("Win back", "Ninety days without an order: a code for the return.", false, {
    trigger: {
      fact: "customer.lapsed",
      filters: [
        when("customer.days-since-order", "at-least", 90),
        when("customer.days-since-order", "at-most", 119),
        SUBSCRIBED,
      ],
    },
    reentry: { rule: "per-person", afterDays: 180 },
    exits: [ORDERED_AGAIN, LATE_PARCEL],
    goal: ORDERS_WITHIN,
    holdoutPercent: HELD_OUT,
    steps: [
      waitForMorning("morning"),
      { id: "code", type: "code", percent: 10, validDays: 30 },
      send("win-back"),
    ],
  }),
  "points-ready": ready("Points to spend", "When the points of an order can be spent.", false, {
    trigger: {
      fact: "loyalty.points-approved",
      filters: [when("points.available", "at-least", 1), SUBSCRIBED],
    },
    reentry: { rule: "per-person", afterDays: 30 },
    exits: [LATE_PARCEL],
    goal: ORDERS_WITHIN,
    holdoutPercent: HELD_OUT,
    steps: [waitForMorning("morning"), send("points-ready")],
  }),
  referral: ready("Pass it on", "Who would recommend you gets a code for a friend.", false, {
    trigger: { fact: "survey.answered", filters: [when("answer.score", "at-least", 9), SUBSCRIBED] },
    reentry: { rule: "per-person", afterDays: 365 },
    exits: [LATE_PARCEL],
    steps: [
      waitDays("let-it-rest", 1),
      waitForMorning("morning"),
      { id: "code", type: "code", percent: 10, validDays: 60 },
      send("referral"),
    ],
  }),
  birthday: ready("Birthday", "A greeting and a code, where the date of birth is known.", false, {
    trigger: { fact: "customer.birthday", filters: [SUBSCRIBED] },
    // Birthdays are a year apart; a leap year must not keep anybody out.
    reentry: { rule: "per-person", afterDays: 300 },
    exits: [LATE_PARCEL],
    goal: ORDERS_WITHIN,
    holdoutPercent: HELD_OUT,
    steps: [{ id: "code", type: "code", percent: 15, validDays: 30 }, send("birthday")],
  }),
  "back-to-site": ready(
    "Back to the shop",
    "A month after delivery, to those who have not ordered again: what fits their order.",
    false,
    {
      trigger: { fact: "parcel.delivered", filters: [when("order.all-delivered", "is", true), SUBSCRIBED] },
      reentry: { rule: "per-person", afterDays: 60 },
      exits: [...ORDER_GONE, ORDERED_AGAIN, LATE_PARCEL],
      goal: ORDERS_WITHIN,
      holdoutPercent: HELD_OUT,
      steps: [
        waitDays("month", 30),
        {
          id: "refund",
          type: "branch",
          paths: [path("refunded", "Had a refund", [when("happened:order.refunded", "is", true)], [])],
          otherwise: [waitForMorning("morning"), send("back-to-site")],
        },
      ],
    },
  ),
} satisfies Record<string, ReadyJourney>;
