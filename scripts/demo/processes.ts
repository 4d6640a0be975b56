import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { EXIT_WITH_PARENT, PROJECT, type Environment } from "../processes/run.ts";

const STOP_TIMEOUT_MS = 12_000;
const TAIL_LINES = 25;

export type ProcessPlan = {
  name: string;
  /** Arguments of Node. */
  args: string[];
  env: Environment;
  /** Folder for NAME.log; without it the process writes to our terminal. */
  logFolder?: string;
};

/** One long-running process of the demo: can be stopped and started again. */
export type DemoProcess = {
  start: () => void;
  /** SIGTERM, and SIGKILL when that does not help. Resolves when it is gone. */
  stop: () => Promise<void>;
  /** The last lines it wrote. */
  tail: () => string;
};

/** @param onCrash called when the process ends although nobody asked it to */
export function planProcess(plan: ProcessPlan, onCrash: () => void): DemoProcess {
  let child: ChildProcess | undefined;
  let lines: string[] = [];

  function start() {
    const started = spawn(process.execPath, ["--import", EXIT_WITH_PARENT, ...plan.args], {
      cwd: PROJECT,
      env: { ...process.env, ...plan.env } as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // Its own process group: Ctrl-C reaches only us, and we stop everything in order.
      detached: true,
    });
    child = started;
    keepOutput(started);
    started.once("exit", () => {
      if (child !== started) return;
      child = undefined;
      onCrash();
    });
  }

  function keepOutput(started: ChildProcess) {
    const log = plan.logFolder ? openLog(plan.logFolder, plan.name) : process.stdout;
    for (const stream of [started.stdout!, started.stderr!]) {
      stream.on("data", (chunk: Buffer) => {
        log.write(chunk);
        lines = [...lines, ...chunk.toString("utf8").split("\n").filter(Boolean)].slice(-TAIL_LINES);
      });
    }
  }

  async function stop() {
    const running = child;
    if (!running) return;
    child = undefined; // from here on its end is no crash
    const gone = new Promise<void>((resolve) => running.once("exit", () => resolve()));
    running.kill("SIGTERM");
    const hung = setTimeout(() => running.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(hung);
  }

  return { start, stop, tail: () => lines.join("\n") };
}

function openLog(folder: string, name: string) {
  mkdirSync(folder, { recursive: true });
  return createWriteStream(join(folder, `${name}.log`), { flags: "a" });
}
