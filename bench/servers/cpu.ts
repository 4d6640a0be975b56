import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";

/** Answers the benchmark, which asks by a message: processor time of this process and its workers so far, microseconds. */
export function answerCpu(): void {
  process.on("message", async () => {
    const { user, system } = process.cpuUsage();
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    const theirs = await Promise.all(workers.map(cpuOf));
    process.send!({ cpu: theirs.reduce((sum, one) => sum + one, user + system) });
  });
}

async function cpuOf(worker: Worker): Promise<number> {
  const answered = once(worker, "message");
  worker.send("cpu");
  const [{ cpu }] = (await answered) as [{ cpu: number }];
  return cpu;
}
