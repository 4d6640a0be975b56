import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function decisionsJobs(_ports: Ports): Pick<JobHandlers, "decisions.join-order"> {
  return {
    "decisions.join-order": async () => {
      throw new Error("decisions.join-order is not built");
    },
  };
}

export const decisionsSweeps: Sweep[] = [];
