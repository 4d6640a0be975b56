import { existsSync } from "node:fs";
import { runUntilSignal, type Running } from "./run-until-signal.ts";

/** Runs one of our two processes from build/: loads `file` and calls its function `start`. */
export async function runBuilt(
  file: "server.js" | "worker.js",
  start: "startServer" | "startWorker",
): Promise<void> {
  process.env.NODE_ENV ??= "production";
  const built = new URL(`../../build/server/${file}`, import.meta.url);
  await runUntilSignal(async () => {
    if (!existsSync(built)) throw new Error("There is no build yet: npm run build");
    const module = (await import(built.href)) as Record<typeof start, () => Promise<Running>>;
    return module[start]();
  });
}
