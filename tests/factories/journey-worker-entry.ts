/** A worker process that only moves journeys on, to be killed by tests. */
import { startQueue } from "#app/queue/queue.server";
import { journeysSweeps } from "#app/worker/journeys-jobs.server";
import { runSweeps } from "#app/worker/run-sweeps.server";
import { testPorts } from "./ports";

const ports = testPorts({ now: () => new Date() });

await startQueue("web");
runSweeps(
  journeysSweeps.filter(({ name }) => name === "journeys.move-due"),
  ports,
);
process.stdout.write("up\n");
