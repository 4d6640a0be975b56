/** The worker of `npm run dev`: starts anew whenever a file of app/ that is not a page changes. */
import { watch } from "node:fs";
import { resolve } from "node:path";
import { runUntilSignal, type Running } from "../processes/run-until-signal.ts";
import { loadThroughVite } from "./vite.ts";

type WorkerModule = typeof import("../../app/worker.ts");

const APP = resolve(import.meta.dirname, "../../app");
/** One save may touch several files, and a branch switch hundreds. */
const QUIET_MS = 300;

/** Undefined when the code does not compile or start: the next save gets another chance. */
async function startFromSource(): Promise<Running | undefined> {
  try {
    return await startWorkerThroughVite();
  } catch (error) {
    console.error(`worker: ${(error as Error).message}`);
    return undefined;
  }
}

async function startWorkerThroughVite(): Promise<Running> {
  const vite = await loadThroughVite();
  const { startWorker } = (await vite.ssrLoadModule("/app/worker.ts")) as WorkerModule;
  const worker = await startWorker();
  return {
    stop: async () => {
      await worker.stop();
      await vite.close();
    },
  };
}

await runUntilSignal(async () => {
  let current = startFromSource();
  let timer: NodeJS.Timeout | undefined;
  const restart = () => {
    current = current.then(async (running) => {
      await running?.stop();
      return startFromSource();
    });
  };
  watch(APP, { recursive: true }, (_, file) => {
    if (!file || !/\.tsx?$/.test(file) || /^routes\/|\.test\.|^generated\//.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(restart, QUIET_MS);
  });
  return { stop: async () => (await current)?.stop() };
});
