import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock directory without a pid file younger than this is being filled by its owner at this moment. */
const FILLING_MS = 2_000;

/**
 * Runs `work` while holding the lock directory `path`, so that two commands started at once
 * (say `npm test` and `npm run demo`) do one thing after the other. Making a directory is atomic;
 * a lock whose owner process is gone is taken over.
 */
export async function withDirectoryLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await tryToTake(path))) {
    if (await ownerIsAlive(path)) await sleep(100);
    else await rm(path, { recursive: true, force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function tryToTake(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(path, "pid"), String(process.pid));
  return true;
}

async function ownerIsAlive(path: string): Promise<boolean> {
  const pid = await readFile(join(path, "pid"), "utf8").catch(() => "");
  if (pid === "") {
    const made = await stat(path).catch(() => undefined);
    return made !== undefined && Date.now() - made.mtimeMs < FILLING_MS;
  }
  return isProcessAlive(Number(pid));
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
