import { onStopSignal } from "./stop-signal.ts";

export type Running = { stop: () => Promise<void> };

/** A stop that takes longer than this has hung: leave rather than keep a deployment waiting. */
const STOP_TIMEOUT_MS = 25_000;

/**
 * Starts a long-running process and stops it in good order on SIGINT or SIGTERM; a second signal ends it at once.
 * A failing start prints its message, not a stack: it is written for the operator.
 */
export async function runUntilSignal(start: () => Promise<Running>): Promise<void> {
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    console.error(error instanceof Error ? error.message || error : error);
    process.exit(1);
  }
  onStopSignal(async () => {
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    await running.stop();
    process.exit(0);
  });
}
