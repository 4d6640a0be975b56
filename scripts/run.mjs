/**
 * Entry of the npm scripts. Works with the Node a newcomer has (20 or newer): installs what is missing,
 * finds a Node that runs TypeScript, and hands over to scripts/NAME.ts.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isInstalled } from "./bootstrap/installed.mjs";
import { findNode } from "./bootstrap/node.mjs";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
/** These run in production too, where development packages are absent. */
const PRODUCTION_COMMANDS = ["start", "worker", "migrate"];

/** Some packages warn of the Node that npm runs with; ours brings its own. */
const QUIETLY = "--loglevel=error";

const [name, ...args] = process.argv.slice(2);
process.chdir(PROJECT);
if (!name || !existsSync(`scripts/${name}.ts`)) fail(`Unknown command "${name ?? ""}".`);
const withDevelopment = !PRODUCTION_COMMANDS.includes(name);
if (!isInstalled(PROJECT, { withDevelopment })) install(withDevelopment);
handOver(findNodeOrFail());

function install(withDevelopment) {
  console.log("Installing packages (npm ci); the first time this takes a few minutes …");
  const [command, first] = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : ["npm", []];
  const scope = withDevelopment ? ["--include=dev"] : ["--omit=dev"];
  const args = [...first, "ci", "--no-audit", "--no-fund", QUIETLY, "--include=optional", ...scope];
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) fail("npm ci failed; see above.");
}

function handOver(node) {
  const preload = pathToFileURL(join(PROJECT, "scripts/bootstrap/exit-with-parent.mjs")).href;
  const child = spawn(node, ["--import", preload, `scripts/${name}.ts`, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    // Children that say "node" get the same one.
    env: { ...process.env, PATH: `${join(PROJECT, "node_modules/.bin")}${delimiter}${process.env.PATH}` },
  });
  // Ctrl-C reaches the child by itself as well; it counts the two as one (stop-signal.ts).
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  stopWithShell(child);
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** npm runs us in a shell, and a SIGTERM to npm ends that shell without reaching us: then we must stop by ourselves. */
function stopWithShell(child) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
}

function findNodeOrFail() {
  try {
    return findNode();
  } catch (error) {
    return fail(error.message);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
