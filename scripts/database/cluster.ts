/**
 * A PostgreSQL 18 of the checkout's own, from npm: nothing to install, nothing to configure.
 * It serves development, the demo and the tests. It is tuned for speed, not for power cuts, and trusts
 * every local user: production sets DATABASE_URL instead.
 */
import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { withDirectoryLock } from "../processes/directory-lock.ts";
import { findPlace, readPort, type Place } from "./place.ts";

const run = promisify(execFile);
const SUPERUSER = "postgres";
/** An ordinary role, as in production: row-level security would not hold a superuser back. */
const APP_ROLE = "postlude";
const PREFERRED_PORT = 54320;
const START_TIMEOUT_MS = 60_000;
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "300",
  shared_buffers: "128MB",
  synchronous_commit: "off",
};

export type Cluster = {
  /** True when this call started the server, false when it was running already. */
  started: boolean;
  /** Connection address of a database for the application's role. */
  url: (database: string) => string;
  /** Connection address of the server's superuser. */
  superuserUrl: string;
  /** Creates the database when it is not there. */
  ensureDatabase: (database: string) => Promise<void>;
  /** Drops the database, with whoever is connected to it. */
  dropDatabase: (database: string) => Promise<void>;
};

/** Starts the server, or joins the running one. Safe to call from several processes at once. */
export async function startCluster(): Promise<Cluster> {
  const place = findPlace();
  return withDirectoryLock(join(dirname(place.data), "starting"), async () => {
    if (!existsSync(join(place.data, "PG_VERSION"))) await initialise(place);
    const started = await bringUp(place);
    const port = readPort(place.data);
    if (!port) throw new Error("PostgreSQL stopped right after it had started.");
    await ensureRole(port);
    return {
      started,
      url: (database) => address(port, APP_ROLE, database),
      superuserUrl: address(port, SUPERUSER, "postgres"),
      ensureDatabase: (database) => ensureDatabase(port, database),
      dropDatabase: (database) => dropDatabase(port, database),
    };
  });
}

/** The address of a database when the server runs; starts nothing. */
export function addressOfRunningCluster(database: string): string | undefined {
  const port = readPort(findPlace().data);
  return port === undefined ? undefined : address(port, APP_ROLE, database);
}

/** Stops the server if it runs. Its data stays. */
export async function stopCluster(): Promise<void> {
  const place = findPlace();
  if (!(await isRunning(place))) return;
  await run(place.program("pg_ctl"), ["-D", place.data, "-m", "fast", "-w", "stop"], options(place));
}

/** Stops the server unless somebody else, a test run for instance, is connected to it. */
export async function stopClusterIfIdle(): Promise<void> {
  const port = readPort(findPlace().data);
  if (!port) return;
  // A process that has just ended leaves its connections behind for a moment.
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await isIdle(port)) return stopCluster();
    await sleep(100);
  }
}

async function isIdle(port: number): Promise<boolean> {
  const OTHERS =
    "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
  const { rows } = await asSuperuser(port, (client) => client.query(OTHERS));
  return rows.length === 0;
}

async function initialise(place: Place) {
  const args = ["-D", place.data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await run(place.program("initdb"), args, options(place));
}

async function bringUp(place: Place): Promise<boolean> {
  let started = false;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(place))) {
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL did not start, see ${join(place.data, "server.log")}`);
    // It may be recovering after a crash; and a killed server looks alive until its parent has reaped it.
    if (await isRunning(place)) await sleep(150);
    else {
      await launch(place);
      started = true;
    }
  }
  return started;
}

async function launch(place: Place) {
  const settings = Object.entries({ ...SETTINGS, port: String(await freePort(PREFERRED_PORT)) })
    .filter(([name]) => process.platform !== "win32" || name !== "unix_socket_directories")
    .map(([name, value]) => `-c ${name}=${value}`);
  const args = [
    "-D",
    place.data,
    "-l",
    join(place.data, "server.log"),
    "-w",
    "-o",
    settings.join(" "),
    "start",
  ];
  // A failure shows as "does not answer" in the loop above, which knows whether to try again.
  await run(place.program("pg_ctl"), args, options(place)).catch(() => undefined);
}

function isRunning(place: Place): Promise<boolean> {
  return run(place.program("pg_ctl"), ["-D", place.data, "status"], options(place)).then(
    () => true,
    () => false,
  );
}

async function answers(place: Place): Promise<boolean> {
  const port = readPort(place.data);
  if (!port) return false;
  // A killed server leaves its pid file behind, and another checkout's may have got its port meanwhile.
  const ask = (client: pg.Client) => client.query<{ data_directory: string }>("SHOW data_directory");
  return asSuperuser(port, ask).then(
    ({ rows }) => realpathSync(rows[0]!.data_directory) === realpathSync(place.data),
    () => false,
  );
}

async function ensureRole(port: number) {
  await asSuperuser(port, async (client) => {
    const { rows } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APP_ROLE]);
    // CREATEDB: tests clone databases, and `prisma migrate dev` makes a shadow database.
    // CREATEROLE: the first migration makes the roles that row-level security binds.
    if (rows.length === 0) await client.query(`CREATE ROLE ${APP_ROLE} LOGIN CREATEDB CREATEROLE`);
  });
}

async function ensureDatabase(port: number, database: string) {
  await asSuperuser(port, async (client) => {
    const { rows } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (rows.length > 0) return;
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${APP_ROLE}`);
  });
}

async function dropDatabase(port: number, database: string) {
  const name = pg.escapeIdentifier(database);
  await asSuperuser(port, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

async function asSuperuser<T>(port: number, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const connectionString = address(port, SUPERUSER, "postgres");
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function address(port: number, role: string, database: string): string {
  return `postgresql://${role}@127.0.0.1:${port}/${database}`;
}

function options(place: Place) {
  return { ...place.owner, cwd: place.data, env: { ...process.env, LC_ALL: "C" }, timeout: START_TIMEOUT_MS };
}

/** The wanted port, or any free one when it is taken (by the database of another checkout, for instance). */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
