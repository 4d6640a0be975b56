import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A digest over the contents of files and folders, for "has anything changed since?". Missing ones count as empty. */
export async function digestOf(
  paths: string[],
  skip: (path: string) => boolean = () => false,
): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await Promise.all(paths.map((path) => listFiles(path, skip)))).flat().sort()) {
    hash.update(`${file}\n`).update(await readFile(file));
  }
  return hash.digest("hex");
}

/** Runs `work` unless it ran to its end with the same digest before; `stamp` is the file that remembers it. */
export async function whenChanged(
  stamp: string,
  digest: string,
  work: () => Promise<void>,
): Promise<boolean> {
  if ((await readFile(stamp, "utf8").catch(() => "")) === digest) return false;
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, digest);
  return true;
}

async function listFiles(path: string, skip: (path: string) => boolean): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found || skip(path)) return [];
  if (found.isFile()) return [path];
  const names = await readdir(path);
  return (await Promise.all(names.map((name) => listFiles(join(path, name), skip)))).flat();
}
