/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm or by the process that started us. */
const SAME_SIGNAL_MS = 1_000;

/** Calls `stop` on the first request to end; a second one, later, leaves at once. */
export function onStopSignal(stop: () => void): void {
  let askedAt: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (askedAt === undefined) {
        askedAt = Date.now();
        stop();
      } else if (Date.now() - askedAt > SAME_SIGNAL_MS) {
        process.exit(1);
      }
    });
  }
}
