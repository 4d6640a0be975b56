import { fromPrisma, PgBoss } from "pg-boss";
import { isDatabaseAway } from "#app/db/pool.server";
import type { Tx } from "#app/db/tx";
import { env } from "#app/env.server";
import { log } from "#app/log.server";
import { FACTS, type FactName } from "./facts";
import { JOB_NAMES, JOBS, type JobName, type JobPayload } from "./jobs";

/**
 * The only place that knows the queue (pg-boss). Jobs are written in the caller's transaction: if it rolls back, the
 * job was never asked for. Jobs run at once; business delays ("in three days") are rows with a `dueAt` that a sweep
 * finds, so that they can be seen, changed and cancelled.
 */

/** The ids a fact carries: what each of its jobs needs. The fact's own name is added for jobs that ask for it. */
type FactPayload<Name extends FactName> = Omit<
  UnionToIntersection<JobPayload<(typeof FACTS)[Name][number]>>,
  "fact"
> & { shopId: number };
type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void
  ? I
  : never;

export type JobHandlers = { [Name in JobName]: (payload: JobPayload<Name>) => Promise<void> };

const RETRY = { retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 900, expireInSeconds: 300 };
const DEAD_LETTERS = "dead-letters";

let boss: PgBoss | undefined;

/**
 * Opens the queue in this process and makes sure that every job has its queue.
 * @param role "web" only enqueues; "worker" also keeps the queue tidy
 */
export async function startQueue(role: "web" | "worker"): Promise<void> {
  if (boss) return;
  const opening = new PgBoss({
    connectionString: env().DATABASE_URL,
    max: role === "worker" ? 6 : 2,
    supervise: role === "worker",
    schedule: false,
  });
  opening.on("error", (error) => log.warn({ error: error.message }, "queue"));
  await opening.start().catch((error: Error) => {
    if (!isDatabaseAway(error)) throw error;
    throw new Error(
      `The database cannot be reached (${error.message}). Check DATABASE_URL, and that Postgres runs.`,
    );
  });
  await opening.createQueue(DEAD_LETTERS);
  const known = new Set((await opening.getQueues()).map((queue) => queue.name));
  for (const name of JOB_NAMES) {
    if (!known.has(name)) await opening.createQueue(name, { ...RETRY, deadLetter: DEAD_LETTERS });
  }
  boss = opening;
}

export async function stopQueue(): Promise<void> {
  await boss?.stop({ graceful: true, timeout: 10_000 });
  boss = undefined;
}

function queue(): PgBoss {
  if (!boss) throw new Error("the queue is not started");
  return boss;
}

/** Writes one job in the caller's transaction. */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: JobPayload<Name>,
): Promise<void> {
  await queue().send(name, JOBS[name].parse(payload), { db: fromPrisma(tx) });
}

/**
 * Records that something happened: writes every job that the fact starts (facts.ts) in the caller's transaction.
 * A fact must be published once; make the row that proves it unique and publish only when the row is new.
 */
export async function publish<Name extends FactName>(
  tx: Tx,
  fact: Name,
  payload: FactPayload<Name>,
): Promise<void> {
  for (const name of FACTS[fact] as readonly JobName[]) {
    await queue().send(name, JOBS[name].parse({ ...payload, fact }), { db: fromPrisma(tx) });
  }
}

/** Starts working through the jobs. Each job is retried with backoff, then kept among the dead letters. */
export async function workJobs(handlers: JobHandlers): Promise<void> {
  for (const name of JOB_NAMES) {
    const handle = handlers[name] as (payload: unknown) => Promise<void>;
    await queue().work(
      name,
      { batchSize: 10, burstWhenBatchFull: true, perJobResults: true, pollingIntervalSeconds: 0.5 },
      async (jobs) =>
        Promise.all(
          jobs.map(async (job) => {
            try {
              await handle(JOBS[name].parse(job.data));
              return { id: job.id, status: "completed" as const };
            } catch (error) {
              log.error({ job: name, id: job.id, error: errorText(error) }, "job failed");
              return { id: job.id, status: "failed" as const, output: { error: errorText(error) } };
            }
          }),
        ),
    );
  }
}

/**
 * Runs every waiting job until none is left; for tests and for the demo's scripts. Failures throw instead of retrying.
 */
export async function drainJobs(handlers: JobHandlers): Promise<number> {
  let done = 0;
  for (let found = true; found;) {
    found = false;
    for (const name of JOB_NAMES) {
      const jobs = await queue().fetch(name, { batchSize: 50 });
      for (const job of jobs) {
        found = true;
        await (handlers[name] as (payload: unknown) => Promise<void>)(JOBS[name].parse(job.data));
        await queue().complete(name, job.id);
        done++;
      }
    }
  }
  return done;
}

export type DeadLetter = { id: string; job: string; payload: unknown; error: string; failedAt: Date };

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
