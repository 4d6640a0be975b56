import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { EngineAdapter } from "./database.mjs";

let lastPanic = "";

/** What the engine said when it panicked; empty while it did not. */
export function panicMessage() {
  return lastPanic && `schema engine panicked: ${lastPanic}`;
}

/** Loads the WebAssembly engine from npm and connects it to the target database. */
export async function startEngine(target, datamodels) {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (lastPanic = message) };
  const directory = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = await import(join(directory, "schema_engine_bg.js"));
  const wasm = await readFile(join(directory, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const adapter = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(target));
  return glue.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}
