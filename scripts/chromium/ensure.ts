import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A Chromium of this machine: CHROMIUM_PATH, else one in the usual places. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  return USUAL_PLACES.find((path) => existsSync(path));
}

/**
 * Finds Chromium, or installs it where Debian's packages are at hand, and remembers it in CHROMIUM_PATH.
 * Throws an error that says what to do.
 */
export function ensureChromium(): string {
  const path = findChromium() ?? installFromDebian();
  if (!path) {
    throw new Error(
      "The browser tests need Chromium or Chrome. Install one, or set CHROMIUM_PATH to its program, and try again.",
    );
  }
  process.env.CHROMIUM_PATH = path;
  return path;
}

function installFromDebian(): string | undefined {
  if (!existsSync("/usr/bin/apt-get")) return undefined;
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  console.log("Installing Chromium (apt-get install chromium) …");
  run([...asRoot, "apt-get", "update", "-q"]);
  run([...asRoot, "apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]);
  return findChromium();
}

function run([command, ...args]: string[]) {
  spawnSync(command!, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}
