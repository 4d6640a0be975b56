import type { Sweep } from "./ports.server";

export const webhookSweeps: Sweep[] = [];
