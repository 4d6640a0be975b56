import type { JobHandlers } from "#app/queue/queue.server";
import { casesJobs } from "./cases-jobs.server";
import { collectionsJobs, collectionsSweeps } from "./collections-jobs.server";
import { contactPolicyJobs, contactPolicySweeps } from "./contact-policy-jobs.server";
import { customersJobs } from "./customers-jobs.server";
import { decisionsJobs, decisionsSweeps } from "./decisions-jobs.server";
import { journeysJobs, journeysSweeps } from "./journeys-jobs.server";
import { loyaltyJobs, loyaltySweeps } from "./loyalty-jobs.server";
import { messagesJobs, messagesSweeps } from "./messages-jobs.server";
import { offersJobs, offersSweeps } from "./offers-jobs.server";
import { paymentsJobs, paymentsSweeps } from "./payments-jobs.server";
import { privacyJobs, privacySweeps } from "./privacy-jobs.server";
import { shopsJobs, shopsSweeps } from "./shops-jobs.server";
import { parcelsJobs, parcelsSweeps } from "./parcels-jobs.server";
import { sponsoredJobs, sponsoredSweeps } from "./sponsored-jobs.server";
import { surveysJobs, surveysSweeps } from "./surveys-jobs.server";
import type { Ports, Sweep } from "./ports.server";
import { whatIfJobs } from "./what-if-jobs.server";
import { webhookSweeps } from "./webhooks-sweep.server";

/** Every job's handler. Exhaustive by type: a job without a handler does not compile. */
export function jobHandlers(ports: Ports): JobHandlers {
  return {
    ...shopsJobs(ports),
    ...collectionsJobs(ports),
    ...customersJobs(ports),
    ...offersJobs(ports),
    ...sponsoredJobs(ports),
    ...decisionsJobs(ports),
    ...whatIfJobs(ports),
    ...surveysJobs(ports),
    ...loyaltyJobs(ports),
    ...contactPolicyJobs(ports),
    ...parcelsJobs(ports),
    ...casesJobs(ports),
    ...journeysJobs(ports),
    ...messagesJobs(ports),
    ...paymentsJobs(ports),
    ...privacyJobs(ports),
  };
}

export const SWEEPS: Sweep[] = [
  ...webhookSweeps,
  ...shopsSweeps,
  ...collectionsSweeps,
  ...parcelsSweeps,
  ...offersSweeps,
  ...sponsoredSweeps,
  ...decisionsSweeps,
  ...surveysSweeps,
  ...loyaltySweeps,
  ...contactPolicySweeps,
  ...journeysSweeps,
  ...messagesSweeps,
  ...paymentsSweeps,
  ...privacySweeps,
];
