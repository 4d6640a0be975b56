import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function contactPolicyJobs(_ports: Ports): Pick<JobHandlers, "contact-policy.write-back-consent"> {
  return {
    "contact-policy.write-back-consent": async () => {
      throw new Error("contact-policy.write-back-consent is not built");
    },
  };
}

export const contactPolicySweeps: Sweep[] = [];
