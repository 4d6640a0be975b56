/**
 * Preloaded into every process that our scripts start: when the starter dies, even by `kill -9`, its
 * channel closes and this process gets the signal to stop in good order.
 */
import cluster from "node:cluster";

if (process.channel) {
  // A worker of a cluster asks for its port over the channel: it must not leave while it waits for the answer.
  if (!cluster.isWorker) process.channel.unref();
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
}
