import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function journeysJobs(_ports: Ports): Pick<JobHandlers, "journeys.enter-order" | "journeys.cancel-order" | "journeys.enter-parcel"> {
  return {
    "journeys.enter-order": async () => {
      throw new Error("journeys.enter-order is not built");
    },
    "journeys.cancel-order": async () => {
      throw new Error("journeys.cancel-order is not built");
    },
    "journeys.enter-parcel": async () => {
      throw new Error("journeys.enter-parcel is not built");
    },
  };
}

export const journeysSweeps: Sweep[] = [];
