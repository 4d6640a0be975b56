import { activeHolds } from "#app/contact-policy/contact-policy.server";
import type { ReviewAskStep } from "../definition";
import type { Act } from "./act";
import { recipientOf } from "./recipient.server";
import { deliver, REVIEW_TEMPLATE, reviewUrlFor } from "./send.server";

const DAY = 24 * 60 * 60 * 1000;
/** A case that nobody has solved by then is forgotten, and the product with it. */
const PATIENCE = 180 * DAY;

/**
 * Asks for a review, whoever it is: nobody is left out for what they might say. Never while something is wrong (a case, a
 * return, a late parcel): then it waits, and looks again each day.
 */
export const reviewAsk: Act<ReviewAskStep> = async (step, scene) => {
  const { tx, shopId, config, enrolment } = scene;
  const { now } = config;
  const holds = await activeHolds(tx, shopId, enrolment.personKey, now);
  if (holds.some(({ startsAt }) => now.getTime() - startsAt.getTime() < PATIENCE))
    return { status: "parked", until: new Date(now.getTime() + DAY) };
  const to = await recipientOf(tx, shopId, enrolment);
  if (!(await reviewUrlFor(scene, to))) return { status: "refused", reason: "no-review-page" };
  return deliver(scene, { ...step, template: REVIEW_TEMPLATE }, to, {});
};
