/**
 * package-lock.json is whole: every optional package that a locked package may need is locked too. Where a registry
 * lacks the package of one platform, npm leaves it out without a word, and `npm ci` fails later.
 */
import { readFileSync } from "node:fs";
import { report } from "./report.ts";

type Entry = {
  version?: string;
  integrity?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
};

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Entry> };
const entries = Object.entries(lock.packages);
report(`${entries.length} packages`, [
  ...entries.flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path || "package.json"} may need ${name}, which is not locked`),
  ),
  ...entries
    .filter(([path, entry]) => path && !entry.link && !entry.integrity)
    .map(([path]) => `${path}: no integrity`),
]);

/** Looks where Node would: in the package's own node_modules, then in those of the folders above it. */
function isLocked(path: string, name: string): boolean {
  const place = path ? `${path}/node_modules/${name}` : `node_modules/${name}`;
  if (place in lock.packages) return true;
  return path !== "" && isLocked(path.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ""), name);
}
