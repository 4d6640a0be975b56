import cluster, { type Worker } from "node:cluster";
import { availableParallelism } from "node:os";
import { onStopSignal } from "./stop-signal.ts";
import { WEB_HEAP } from "./web-heap.ts";

/** WEB_PROCESSES, else one for each processor but one, which is left to the database, the worker and the kernel. */
export function processCount(): number {
  const wanted = Number(process.env.WEB_PROCESSES);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : Math.max(1, availableParallelism() - 1);
}

/** A process that ends this soon after its start would end again: leave that to the operator. */
const TOO_SOON_MS = 10_000;

/**
 * Runs this same program in `count` processes (one, too) that share their ports (node:cluster) and keep their memory as web-heap.ts
 * says. One that dies is replaced; when this one is told to stop, it stops them in good order.
 *
 * @returns true in the process that only minds the others, which then has nothing else to do
 */
export function inProcesses(count: number): boolean {
  if (!cluster.isPrimary) return false;
  cluster.setupPrimary({ execArgv: [...process.execArgv, ...WEB_HEAP] });
  const startedAt = new Map<Worker, number>();
  let stopping = false;
  const start = () => startedAt.set(cluster.fork(), Date.now());
  start();
  // Where the first one cannot start, the others could not either, and would say the same again.
  cluster.once("listening", () => {
    for (let number = 1; number < count && !stopping; number++) start();
  });

  cluster.on("exit", (worker, code) => {
    const lasted = Date.now() - (startedAt.get(worker) ?? 0);
    startedAt.delete(worker);
    if (!stopping && lasted < TOO_SOON_MS) {
      stopping = true;
      process.exitCode = code || 1;
      for (const other of startedAt.keys()) other.process.kill("SIGTERM");
    } else if (!stopping) {
      console.error(`A web process ended with ${code}; another one takes its place.`);
      start();
    }
    if (stopping && startedAt.size === 0) process.exit();
  });
  onStopSignal(() => {
    stopping = true;
    for (const worker of startedAt.keys()) worker.process.kill("SIGTERM");
  });
  return true;
}
