import { spawn, type ChildProcess } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const PROJECT = resolve(import.meta.dirname, "../..");
/** Preloaded so that a process stops when its starter dies. */
export const EXIT_WITH_PARENT = pathToFileURL(
  resolve(PROJECT, "scripts/bootstrap/exit-with-parent.mjs"),
).href;

/** Variables added to our own environment. */
export type Environment = Record<string, string | undefined>;
export type Output = { code: number; text: string };

/** Runs a Node program to its end and collects what it prints. */
export function runNode(args: string[], env: Environment = {}): Promise<Output> {
  return collect(startNode(args, { env, stdio: ["ignore", "pipe", "pipe", "ipc"] }));
}

/** Runs a Node program to its end with our terminal; returns its exit code. */
export async function runNodeHere(args: string[], env: Environment = {}): Promise<number> {
  const child = startNode(args, { env, stdio: ["inherit", "inherit", "inherit", "ipc"] });
  return (await collect(child)).code;
}

/** Starts a Node program that stops when we do. */
export function startNode(
  args: string[],
  { env = {}, stdio }: { env?: Environment; stdio: ("ignore" | "pipe" | "inherit" | "ipc")[] },
): ChildProcess {
  return spawn(process.execPath, ["--import", EXIT_WITH_PARENT, ...args], {
    cwd: PROJECT,
    stdio,
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
  });
}

function collect(child: ChildProcess): Promise<Output> {
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done({ code: code ?? 1, text: Buffer.concat(chunks).toString("utf8") }));
  });
}
