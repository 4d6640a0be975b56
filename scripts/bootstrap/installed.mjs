import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * True when node_modules holds what package-lock.json asks for. npm writes what it installed into
 * node_modules/.package-lock.json; packages for other platforms are missing there and may be.
 * @param {string} project the folder of package.json
 * @param {{ withDevelopment: boolean }} options false when the command runs without development packages
 */
export function isInstalled(project, { withDevelopment }) {
  const wanted = readPackages(join(project, "package-lock.json"));
  const present = readPackages(join(project, "node_modules/.package-lock.json"));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const installed = present[path];
    if (installed) return installed.version === entry.version && installed.integrity === entry.integrity;
    const isForDevelopment = entry.dev || entry.devOptional;
    return entry.optional || entry.peer || (isForDevelopment && !withDevelopment);
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
