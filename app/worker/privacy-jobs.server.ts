import { acrossShops, inShop } from "#app/db/in-shop.server";
import { eraseNext, goOnErasing, stalledErasures } from "#app/privacy/erase.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function privacyJobs({ now }: Ports): Pick<JobHandlers, "privacy.erase"> {
  return { "privacy.erase": ({ shopId, requestId }) => erase(shopId, requestId, now) };
}

/** So that a job ends well before the queue takes it for lost. What is left is the next job's. */
const STEPS_PER_JOB = 100;
/** A step changes few rows, but may have to look through the whole of a large table for them. */
const LONGEST_STEP_MS = 120_000;

/** Whatever has become of the shop: who has uninstalled the app is erased as well. */
async function erase(shopId: number, requestId: string, now: () => Date): Promise<void> {
  for (let step = 0; step < STEPS_PER_JOB; step++) {
    const next = inShop(shopId, (tx) => eraseNext(tx, shopId, requestId, now()), LONGEST_STEP_MS);
    if (!(await next)) return;
  }
  await inShop(shopId, (tx) => goOnErasing(tx, shopId, requestId, now()));
}

/** A request whose job ran out of tries must still be answered in time. */
const eraseStalled: Sweep = {
  name: "privacy.erase-stalled",
  everySeconds: 600,
  run: async ({ now }) => {
    const stalled = await acrossShops((tx) => stalledErasures(tx, now()));
    for (const { shopId, id } of stalled) await inShop(shopId, (tx) => goOnErasing(tx, shopId, id, now()));
    return 0;
  },
};

export const privacySweeps: Sweep[] = [eraseStalled];
