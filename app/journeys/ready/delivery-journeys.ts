import {
  path,
  ready,
  send,
  waitDays,
  waitForMorning,
  waitMinutes,
  when,
  type ReadyJourney,
} from "./ready-parts";

/** From the checkout to the door: what shoppers expect to hear. Switched on in every shop. */

/** Who told that it was delivered may not be the one who tells how; the second telling is waited for. */
const MINUTES_TO_LISTEN = 5;
const MINUTES_AFTER_SIGNATURE = 10;
const MINUTES_AFTER_DELIVERY = 120;
/** Who heard of a delay hears of the next one only after this time. */
const TOLD_FOR_DAYS = 3;

function aboutException(
  name: string,
  description: string,
  template: string,
  kinds: string[],
  steps = [send(template)] as ReadyJourney["definition"]["steps"],
): ReadyJourney {
  return ready(name, description, true, {
    trigger: {
      fact: "delivery.exception-opened",
      filters: [
        when("exception.kind", "any-of", kinds),
        when("exception.tell", "is", true),
        when("exception.open", "is", true),
      ],
    },
    steps,
    reentry: { rule: "per-subject", afterDays: TOLD_FOR_DAYS },
  });
}

export const DELIVERY_JOURNEYS = {
  "thank-you": ready(
    "Thank you",
    "Right after the order: what happens next. Not for what was taken along.",
    true,
    {
      trigger: { fact: "order.placed", filters: [when("order.source", "none-of", ["till"])] },
      steps: [send("thank-you")],
    },
  ),
  "order-confirmed": ready(
    "Order confirmed",
    "The order and its total once it is paid. Shopify sends a mail like it; switch that one off if you use this.",
    false,
    { trigger: { fact: "order.paid", filters: [] }, steps: [send("order-confirmed")] },
  ),
  shipped: ready("Shipped", "Tracking and the expected day, for each parcel.", true, {
    trigger: { fact: "parcel.shipped", filters: [when("parcel.way", "none-of", ["pickup", "counter"])] },
    steps: [send("shipped")],
  }),
  "out-for-delivery": ready("Out for delivery", "On the morning on which the parcel comes.", true, {
    trigger: { fact: "parcel.out-for-delivery", filters: [] },
    steps: [send("out-for-delivery")],
    exits: [{ id: "delivered", type: "fact", fact: "parcel.delivered" }],
  }),
  "not-shipped": aboutException(
    "Not shipped in time",
    "When an order has not left in the time you set.",
    "not-shipped",
    ["not-shipped"],
  ),
  delayed: aboutException(
    "Delay",
    "When a parcel stands still, is not picked up, or comes later than we said.",
    "delayed",
    ["not-picked-up", "stalled", "late"],
  ),
  attempted: aboutException(
    "Failed attempt",
    "When the carrier found nobody, or not the address.",
    "attempted",
    ["failed-attempt", "wrong-address"],
  ),
  pickup: ready("Ready for collection", "When a parcel waits at a pickup point or in your store.", true, {
    trigger: { fact: "parcel.ready-for-pickup", filters: [] },
    steps: [send("pickup")],
  }),
  "pickup-reminder": aboutException(
    "Collection reminder",
    "When a parcel has waited for the time you set.",
    "pickup-reminder",
    ["not-collected"],
  ),
  "not-delivered": aboutException(
    "Could not be delivered",
    "When the carrier gives up: lost, damaged or on its way back.",
    "not-delivered",
    ["not-delivered", "damaged", "lost", "returned"],
    [
      {
        id: "what",
        type: "branch",
        paths: [
          path(
            "damaged",
            "Damaged",
            [when("exception.kind", "any-of", ["damaged"])],
            [send("damaged", "damaged-mail")],
          ),
        ],
        otherwise: [send("not-delivered")],
      },
    ],
  ),
  "delivered-check": ready(
    "Delivered check",
    "Minutes after a signature: has all arrived well? Left with a neighbour or in a safe place: did you find it?",
    true,
    {
      // Asked once for an order, when its last parcel is there.
      trigger: {
        fact: "parcel.delivered",
        filters: [when("order.all-delivered", "is", true), when("parcel.way", "none-of", ["counter"])],
      },
      reentry: { rule: "per-order", afterDays: null },
      exits: [
        { id: "order-cancelled", type: "condition", when: [when("order.cancelled", "is", true)] },
        { id: "order-refunded", type: "condition", when: [when("order.fully-refunded", "is", true)] },
        {
          id: "other-parcels-on-their-way",
          type: "condition",
          when: [when("order.all-delivered", "is", false)],
        },
      ],
      goal: { fact: "survey.answered", withinDays: 14 },
      steps: [
        waitMinutes("listen", MINUTES_TO_LISTEN),
        {
          id: "handover",
          type: "branch",
          paths: [
            path(
              "in-person",
              "Signed or collected",
              [when("parcel.handover", "any-of", ["signed", "collected"])],
              [
                waitMinutes("soon", MINUTES_AFTER_SIGNATURE - MINUTES_TO_LISTEN),
                send("delivered", "check-signed"),
              ],
            ),
            path(
              "left",
              "Left nearby",
              [when("parcel.handover", "any-of", ["neighbour", "safe-place", "letterbox"])],
              [
                waitMinutes("settle", MINUTES_AFTER_SIGNATURE - MINUTES_TO_LISTEN),
                send("found-it", "found-it"),
              ],
            ),
          ],
          otherwise: [
            waitMinutes("later", MINUTES_AFTER_DELIVERY - MINUTES_TO_LISTEN),
            send("delivered", "check"),
          ],
        },
      ],
    },
  ),
  refund: ready(
    "Refund",
    "When money goes back, after a return or otherwise. Shopify can send a mail like it.",
    false,
    {
      trigger: { fact: "order.refunded", filters: [] },
      steps: [send("refunded")],
      exits: [],
    },
  ),
  "quick-start": ready("Quick start", "The morning after delivery: how to begin.", false, {
    trigger: { fact: "parcel.delivered", filters: [when("order.all-delivered", "is", true)] },
    reentry: { rule: "per-order", afterDays: null },
    steps: [waitMinutes("rest", 8 * 60), waitForMorning("morning"), send("quick-start")],
  }),
  nps: ready("Would you recommend us?", "The NPS question, a week after delivery.", false, {
    trigger: { fact: "parcel.delivered", filters: [when("order.all-delivered", "is", true)] },
    reentry: { rule: "per-person", afterDays: 90 },
    goal: { fact: "survey.answered", withinDays: 14 },
    steps: [waitDays("use-it", 7), waitForMorning("morning"), send("nps")],
  }),
} satisfies Record<string, ReadyJourney>;
