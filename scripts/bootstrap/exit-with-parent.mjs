/**
 * Preloaded into every process that our scripts start: when the starter dies, even by `kill -9`, its
 * channel closes and this process gets the signal to stop in good order.
 */
if (process.channel) {
  process.channel.unref();
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
}
