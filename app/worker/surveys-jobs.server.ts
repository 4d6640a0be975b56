import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function surveysJobs(_ports: Ports): Pick<JobHandlers, "surveys.join-order"> {
  return {
    "surveys.join-order": async () => {
      throw new Error("surveys.join-order is not built");
    },
  };
}

export const surveysSweeps: Sweep[] = [];
