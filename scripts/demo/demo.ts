/**
 * Brings up a whole demo: database, demo store, web and worker, and installs the app in the demo shop.
 * `npm run demo`, `npm run dev`, the browser tests and the scripted journey all start here.
 */
import { join } from "node:path";
import { buildApp } from "../compile/build-app.ts";
import { generateClient } from "../compile/generate-client.ts";
import type { Environment } from "../processes/run.ts";
import { prepareDatabase, releaseDatabase } from "./database.ts";
import { installApp } from "./install.ts";
import { assertPortsFree } from "./ports.ts";
import { planProcess, type DemoProcess, type ProcessPlan } from "./processes.ts";
import { demoEnvironment, stateDirectory, type DemoSettings } from "./settings.ts";
import { waitForAnswer } from "./wait.ts";

export type ProcessName = "store" | "web" | "worker";

export type RunningDemo = {
  settings: DemoSettings;
  /** The environment its processes run with, DATABASE_URL included. */
  env: Environment;
  urls: { store: string; app: string };
  /** Stops one process and starts it again; resolves when it answers. */
  restart: (name: ProcessName) => Promise<void>;
  /** Stops everything that `startDemo` started. */
  stop: () => Promise<void>;
};

export type DemoEvents = {
  /** Aborted when the person who waits has changed their mind. */
  signal?: AbortSignal;
  /** A line for the person who waits. */
  progress?: (message: string) => void;
  /** A process ended by itself; the last lines it wrote. */
  crashed?: (name: ProcessName, tail: string) => void;
};

const START_TIMEOUT_MS = 90_000;
const PRELOAD = ["--import", "./demo/preload.mjs"];
const PROGRAMS: Record<DemoSettings["mode"], Record<ProcessName, string[]>> = {
  built: {
    store: ["demo/main.ts"],
    web: [...PRELOAD, "scripts/start.ts"],
    worker: [...PRELOAD, "scripts/worker.ts"],
  },
  source: {
    store: ["demo/main.ts"],
    web: [...PRELOAD, "scripts/dev/web.ts"],
    worker: [...PRELOAD, "scripts/dev/worker.ts"],
  },
};

/** Starts everything. When a part fails or the signal is aborted, stops what had started and throws. */
export async function startDemo(settings: DemoSettings, events: DemoEvents = {}): Promise<RunningDemo> {
  await assertPortsFree(settings.ports);
  const say = (message: string) => {
    events.progress?.(message);
    events.signal?.throwIfAborted();
  };
  const databaseUrl = await prepareDatabase(settings);
  const env = demoEnvironment(settings, databaseUrl);
  const processes = planProcesses(settings, env, events);
  const urls = {
    store: `http://localhost:${settings.ports.store}`,
    app: `http://localhost:${settings.ports.proxy}`,
  };

  async function bringUp(name: ProcessName) {
    processes[name].process.start();
    const health = {
      store: `${urls.store}/`,
      web: `http://127.0.0.1:${settings.ports.app}/health`,
      worker: undefined,
    };
    const url = health[name];
    const failure = () => (events.signal?.aborted ? new Error("Stopped.") : processes[name].failure());
    if (url) await waitForAnswer(url, { timeoutMs: START_TIMEOUT_MS, failure });
  }

  async function stop() {
    // The store last: the app may be telling it something while it stops.
    await Promise.all([processes.web.process.stop(), processes.worker.process.stop()]);
    await processes.store.process.stop();
    await releaseDatabase(settings);
  }

  try {
    say("database ready");
    if (settings.mode === "source") await generateClient();
    else if (await buildApp()) say("built");
    await Promise.all([bringUp("store"), bringUp("web"), bringUp("worker")]);
    say("demo store and app ready");
    await installApp(env);
    say("app installed");
  } catch (error) {
    await stop();
    throw error;
  }

  const restart = async (name: ProcessName) => {
    await processes[name].process.stop();
    await bringUp(name);
  };
  return { settings, env, urls, restart, stop };
}

type Supervised = { process: DemoProcess; failure: () => Error | undefined };

function planProcesses(
  settings: DemoSettings,
  env: Environment,
  events: DemoEvents,
): Record<ProcessName, Supervised> {
  const logFolder = settings.mode === "source" ? undefined : join(stateDirectory(settings), "logs");

  function supervise(name: ProcessName): Supervised {
    let crash: Error | undefined;
    const plan: ProcessPlan = { name, args: PROGRAMS[settings.mode][name], env, logFolder };
    const planned = planProcess(plan, () => {
      crash = new Error(`The ${name} process ended:\n${planned.tail()}`);
      events.crashed?.(name, planned.tail());
    });
    return { process: planned, failure: () => crash };
  }

  return { store: supervise("store"), web: supervise("web"), worker: supervise("worker") };
}
