// Runs one extension target in a place of the page.
import { retain, release, ThreadWebWorker } from "@quilted/threads";
import { DOMRemoteReceiver } from "@remote-dom/core/receivers";
import type { HostFunctions, RunSettings, WorkerFunctions } from "../run-settings.ts";
import { defineHostElements } from "./registry.ts";

export type MountedExtension = { update(path: string, value: unknown): Promise<void> };

/**
 * Resolves when the extension has rendered; rejects with its error. The worker comes from a `data:` address, which
 * gives it an opaque origin: its requests carry `Origin: null`, as at Shopify.
 */
export async function mountExtension(
  place: HTMLElement,
  settings: RunSettings,
  functions: HostFunctions,
): Promise<MountedExtension> {
  defineHostElements(settings.elements, (message) => void functions.report(message));
  const receiver = new DOMRemoteReceiver({ root: place, retain, release });
  const runtime = new URL("/assets/extension-worker.js", location.href).href;
  const source = `importScripts(${JSON.stringify(runtime)})`;
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(source)}`);
  worker.addEventListener("error", (event) => void functions.report(`worker error: ${event.message}`));
  const thread = new ThreadWebWorker<WorkerFunctions, object>(worker);
  await thread.imports.start(settings, receiver.connection, functions);
  return { update: (path, value) => thread.imports.update(path, value) };
}
