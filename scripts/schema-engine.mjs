#!/usr/bin/env node
/**
 * Prisma's schema engine, from npm alone. The Prisma CLI would download a native `schema-engine`;
 * PRISMA_SCHEMA_ENGINE_BINARY (set in prisma.config.ts) points it here instead. It speaks the same
 * JSON-RPC over stdin and stdout, answered by @prisma/schema-engine-wasm over the `pg` driver.
 * Plain JavaScript, because Prisma starts it with whatever Node is first in PATH.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { runCommand } from "./schema-engine/commands.mjs";
import { readTarget, runScript } from "./schema-engine/database.mjs";
import { panicMessage, startEngine } from "./schema-engine/engine.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: "string", multiple: true },
    datasource: { type: "string" },
    version: { type: "boolean" },
  },
});

if (values.version) {
  console.log("schema-engine-wasm");
  process.exit(0);
}
const target = readTarget(values.datasource ? JSON.parse(values.datasource) : {});
if (positionals[0] === "cli") process.exit(await runCommand(positionals[1], target));

let engine;
let current;

async function answer({ id, method, params }) {
  current = id;
  try {
    send({ id, result: (await perform(method, params)) ?? null });
  } catch (error) {
    const message = panicMessage() || String(error.message ?? error);
    sendError(id, message, { error_code: error.code, meta: error.meta ?? null });
  }
}

async function perform(method, params) {
  if (method === "dbExecute") return runScript(target.config, params.script);
  if (method === "createDatabase") return { databaseName: target.config.database };
  engine ??= await startEngine(target, await readDatamodels());
  if (method === "getDatabaseVersion") return engine.version(params);
  const result = await engine[method](params);
  if (method !== "diff" || result?.stdout == null) return result;
  // The native engine prints a diff by a notification and leaves it out of the result.
  send({ id: randomUUID(), method: "print", params: { content: result.stdout } });
  return { ...result, stdout: null };
}

function readDatamodels() {
  return (
    values.datamodels &&
    Promise.all(values.datamodels.map(async (path) => [path, await readFile(path, "utf8")]))
  );
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function sendError(id, message, details) {
  send({ id, error: { code: 4466, message, data: { is_panic: false, message, ...details } } });
}

// A panic may reach us as a rejection that nobody awaits. The CLI would take silence for success.
for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error) => {
    if (current !== undefined)
      sendError(current, panicMessage() || String(error?.stack ?? error), { meta: null });
    process.stdout.write("", () => process.exit(101));
  });
}

let queue = Promise.resolve();
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const message = line && JSON.parse(line);
    if (message?.method) queue = queue.then(() => answer(message));
  })
  // Without the exit the engine's lock timers would hold the process for up to a minute.
  .on("close", () => queue.then(() => process.exit(0)));
