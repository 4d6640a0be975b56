import { drainInbox } from "#app/webhooks/drain.server";
import type { Sweep } from "./ports.server";

export const webhookSweeps: Sweep[] = [{ name: "webhooks.drain", everySeconds: 0.25, run: drainInbox }];
