import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function shopsJobs(_ports: Ports): Pick<JobHandlers, "shops.start-import" | "shops.advance-import"> {
  return {
    "shops.start-import": async () => {
      throw new Error("shops.start-import is not built");
    },
    "shops.advance-import": async () => {
      throw new Error("shops.advance-import is not built");
    },
  };
}

export const shopsSweeps: Sweep[] = [];
