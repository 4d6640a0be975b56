import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function offersJobs(_ports: Ports): Pick<JobHandlers, "offers.learn-affinity" | "offers.create-code" | "offers.attribute-order" | "offers.attribute-refund"> {
  return {
    "offers.learn-affinity": async () => {
      throw new Error("offers.learn-affinity is not built");
    },
    "offers.create-code": async () => {
      throw new Error("offers.create-code is not built");
    },
    "offers.attribute-order": async () => {
      throw new Error("offers.attribute-order is not built");
    },
    "offers.attribute-refund": async () => {
      throw new Error("offers.attribute-refund is not built");
    },
  };
}

export const offersSweeps: Sweep[] = [];
