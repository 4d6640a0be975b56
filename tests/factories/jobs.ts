import { JOB_NAMES } from "#app/queue/jobs";
import { drainJobs, type JobHandlers } from "#app/queue/queue.server";

const IDLE = Object.fromEntries(JOB_NAMES.map((name) => [name, async () => {}])) as unknown as JobHandlers;

/** Runs all waiting jobs; those without a handler here are taken from the queue and do nothing. */
export async function drainOnly(handlers: Partial<JobHandlers>): Promise<void> {
  await drainJobs({ ...IDLE, ...handlers });
}
