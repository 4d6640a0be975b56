import { prisma } from "#app/db/pool.server";
import { privacyJobs } from "#app/worker/privacy-jobs.server";
import { testPorts } from "./ports";

/** Works off every erasure that was begun, in all shops. The queue's own way asks each of its many queues in turn. */
export async function eraseAll(): Promise<void> {
  const handlers = privacyJobs(testPorts());
  for (let jobs = await takeErasures(); jobs.length > 0; jobs = await takeErasures()) {
    for (const { data } of jobs) await handlers["privacy.erase"](data);
  }
}

function takeErasures(): Promise<{ data: { shopId: number; requestId: string } }[]> {
  return prisma.$queryRaw`
    DELETE FROM pgboss.job WHERE name = 'privacy.erase' AND state = 'created' RETURNING data`;
}
