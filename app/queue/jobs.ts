import { z } from "zod";

/**
 * Every job: its name and the ids it carries. A job holds ids only, so that it reads fresh rows when it runs.
 * Handlers live in app/worker; the map there is exhaustive by type.
 */
const shop = z.object({ shopId: z.int() });
const order = shop.extend({ orderGid: z.string() });
const refund = order.extend({ refundGid: z.string().optional() });
const exception = shop.extend({ exceptionId: z.string() });
const collection = shop.extend({ collectionGid: z.string() });
/** A fact with its ids, for those who listen to many: `publish` adds its name. */
const telling = shop.extend({
  fact: z.string(),
  orderGid: z.string().optional(),
  refundGid: z.string().optional(),
  parcelId: z.string().optional(),
  exceptionId: z.string().optional(),
  responseId: z.string().optional(),
  caseId: z.string().optional(),
  memberId: z.string().optional(),
  customerGid: z.string().optional(),
  variantGid: z.string().optional(),
  days: z.int().optional(),
});

export const JOBS = {
  "shops.start-import": shop,
  "shops.advance-import": shop.extend({ importRunId: z.string() }),
  "orders.list-collections": shop,
  "orders.read-collection": collection,
  "offers.learn-affinity": shop,
  "offers.create-code": shop.extend({ codeId: z.string() }),
  "offers.refill-codes": shop.extend({ discountId: z.string() }),
  "offers.edit-order": shop.extend({ editId: z.string() }),
  "offers.attribute-order": order,
  "offers.attribute-refund": refund,
  "decisions.join-order": order,
  "decisions.answer-what-if": shop.extend({ whatIfId: z.string() }),
  "surveys.join-order": order,
  "loyalty.join-order": order,
  "loyalty.award-order": order,
  "loyalty.award-survey": shop.extend({ responseId: z.string() }),
  "loyalty.void-order": order,
  "loyalty.claw-back": refund,
  "contact-policy.write-back-consent": shop.extend({ customerGid: z.string(), channel: z.string() }),
  "contact-policy.read-consent": order,
  "customers.read-tags": shop.extend({ customerGid: z.string() }),
  "sponsored.read-feed": shop,
  "sponsored.collect-invitations": shop,
  "sponsored.tell-link": shop.extend({ linkId: z.string() }),
  "sponsored.tell-offer": shop.extend({ offerId: z.string() }),
  "sponsored.tell-state": shop.extend({ campaignId: z.string() }),
  "sponsored.tell-charge": shop.extend({ entryId: z.string() }),
  "contact-policy.hold-late": exception,
  "cases.hear-exception": exception,
  "cases.hear-answer": shop.extend({ responseId: z.string() }),
  "parcels.watch-order": order,
  "parcels.unwatch-order": order,
  "parcels.tell-theme": shop,
  "parcels.read-origin": shop.extend({ parcelId: z.string(), locationGid: z.string() }),
  "parcels.read-pickup": shop.extend({ fulfillmentOrderGid: z.string(), readyAt: z.iso.datetime() }),
  "journeys.hear": telling,
  "journeys.learn": shop,
  "journeys.fulfil-intent": shop.extend({ intentId: z.string() }),
  "payments.learn": shop,
  "payments.sync": shop,
  "payments.forget": shop,
  "payments.note-order": order,
  "messages.send": shop.extend({ messageId: z.string() }),
  "privacy.erase": shop.extend({ requestId: z.string() }),
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]>;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];
