import { log } from "#app/log.server";
import type { Ports, Sweep } from "./ports.server";

/**
 * Runs each sweep in its own loop until stopped. A sweep that found work runs again at once; one that fails waits for
 * its next turn. Several workers may sweep at the same time: rows are claimed with SKIP LOCKED or unique keys.
 */
export function runSweeps(sweeps: Sweep[], ports: Ports): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const loops = sweeps.map((sweep) => loop(sweep, ports, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function loop(sweep: Sweep, ports: Ports, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    let found = 0;
    try {
      found = await sweep.run(ports);
    } catch (error) {
      log.error({ sweep: sweep.name, error: String(error) }, "sweep failed");
    }
    if (found === 0) await pause(sweep.everySeconds * 1000, stopped);
  }
}

function pause(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    stopped.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      stopped.removeEventListener("abort", done);
      resolve();
    }
  });
}
