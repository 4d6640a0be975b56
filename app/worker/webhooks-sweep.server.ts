import { prisma } from "#app/db/pool.server";
import { forgetOldWebhooks } from "#app/queue/inbox.server";
import { drainInbox } from "#app/webhooks/drain.server";
import type { Sweep } from "./ports.server";

export const webhookSweeps: Sweep[] = [
  { name: "webhooks.drain", everySeconds: 0.25, run: drainInbox },
  {
    name: "webhooks.forget",
    everySeconds: 3600,
    run: async (ports) => {
      await forgetOldWebhooks(prisma, ports.now());
      return 0;
    },
  },
];
