import { once } from "node:events";
import { resetDemo } from "./database.ts";
import { readArguments, USAGE, type DemoArguments } from "./arguments.ts";
import { startDemo, type DemoEvents, type RunningDemo } from "./demo.ts";
import { onStopSignal } from "../processes/stop-signal.ts";
import type { DemoSettings } from "./settings.ts";

/** Runs the demo from the command line until Ctrl-C, or plays the script, and ends the process. */
export async function runDemo(mode: DemoSettings["mode"], args: string[]): Promise<never> {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s`;
  const stopped = new AbortController();
  let crashed = false;
  onStopSignal(() => stopped.abort(new Error("Stopped.")));

  const events: DemoEvents = {
    signal: stopped.signal,
    progress: (message) => console.log(`${seconds()}  ${message}`),
    crashed: (name, tail) => {
      console.error(`The ${name} process ended by itself:\n${tail}`);
      crashed = true;
      stopped.abort(new Error(`The ${name} process ended.`));
    },
  };
  try {
    const { settings, reset, script } = readOrExplain(args, mode);
    if (reset) await resetDemo(settings);
    const demo = await startDemo(settings, events);
    try {
      const passed = script ? await playScript(demo) : await stayOpen(demo, stopped.signal);
      process.exitCode = passed && !crashed ? 0 : 1;
    } finally {
      await demo.stop();
      console.log("Stopped.");
    }
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
  process.exit();
}

function readOrExplain(args: string[], mode: DemoSettings["mode"]): DemoArguments {
  try {
    return readArguments(args, mode);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

async function stayOpen(demo: RunningDemo, signal: AbortSignal): Promise<true> {
  const { store } = demo.urls;
  console.log(`
  Admin       ${store}/admin
  Storefront  ${store}/
  Mailbox     ${store}/mailbox

A stand-in for Shopify on this machine; nothing leaves it. Ctrl-C stops everything.`);
  if (!signal.aborted) await once(signal, "abort");
  return true;
}

type Journey = { playMainPath: (demo: RunningDemo) => Promise<boolean> };

async function playScript(demo: RunningDemo): Promise<boolean> {
  const path = new URL("../../tests/journey/main-path.ts", import.meta.url);
  const { playMainPath } = (await import(path.href)) as Journey;
  return playMainPath(demo);
}
