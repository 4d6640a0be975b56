import { addPhoneTask, queueWebhook } from "#app/messages/messages.server";
import type { PhoneTaskStep, WebhookStep } from "../definition";
import type { About } from "../values.server";
import { actKey, type Act } from "./act";
import { recipientOf } from "./recipient.server";

/** Calls to other systems and to staff. */

/** A signed call that says who stands where in which journey. */
export const webhook: Act<WebhookStep> = async (step, { tx, shopId, config, enrolment }) => {
  const { id, orderGid, customerGid, parcelId, journeyId } = enrolment;
  const data = { journeyId, enrolmentId: id, stepId: step.id, parcelId, ...(enrolment.about as About) };
  const call = { dedupeKey: actKey(enrolment, step.id), orderGid, customerGid, url: step.url, data };
  const queued = await queueWebhook(tx, shopId, call, config);
  return queued.status === "suppressed" ? { status: "refused", reason: queued.reason } : { status: "done" };
};

/** Somebody of the staff is asked to call. */
export const phoneTask: Act<PhoneTaskStep> = async (step, { tx, shopId, config, enrolment }) => {
  const { orderGid, customerGid } = enrolment;
  const { phone } = await recipientOf(tx, shopId, enrolment);
  if (!phone) return { status: "refused", reason: "no-address" };
  const dedupeKey = actKey(enrolment, step.id);
  await addPhoneTask(tx, shopId, {
    dedupeKey,
    orderGid,
    customerGid,
    phone,
    note: step.note,
    now: config.now,
  });
  return { status: "done" };
};
