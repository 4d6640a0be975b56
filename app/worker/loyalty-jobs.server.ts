import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function loyaltyJobs(_ports: Ports): Pick<JobHandlers, "loyalty.join-order" | "loyalty.award-order" | "loyalty.award-survey" | "loyalty.void-order" | "loyalty.claw-back"> {
  return {
    "loyalty.join-order": async () => {
      throw new Error("loyalty.join-order is not built");
    },
    "loyalty.award-order": async () => {
      throw new Error("loyalty.award-order is not built");
    },
    "loyalty.award-survey": async () => {
      throw new Error("loyalty.award-survey is not built");
    },
    "loyalty.void-order": async () => {
      throw new Error("loyalty.void-order is not built");
    },
    "loyalty.claw-back": async () => {
      throw new Error("loyalty.claw-back is not built");
    },
  };
}

export const loyaltySweeps: Sweep[] = [];
