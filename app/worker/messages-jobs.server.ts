import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function messagesJobs(_ports: Ports): Pick<JobHandlers, "messages.send"> {
  return {
    "messages.send": async () => {
      throw new Error("messages.send is not built");
    },
  };
}

export const messagesSweeps: Sweep[] = [];
