// Runs one target of one extension as Shopify does: in a worker without a page, with the `shopify` global and a
// remote DOM. The page starts it with an opaque origin, so its requests carry `Origin: null`.
import "@remote-dom/core/polyfill";
import { RemoteRootElement, type RemoteConnection } from "@remote-dom/core/elements";
import { ThreadWebWorker } from "@quilted/threads";
import type { HostFunctions, RunSettings, WorkerFunctions } from "../run-settings.ts";
import { createApi, setValue, type Api } from "./api.ts";
import { defineElements, watchElementCreation } from "./elements.ts";

type Target = (api: Api) => unknown;

let running: Api | undefined;

async function start(settings: RunSettings, connection: unknown, host: HostFunctions): Promise<void> {
  const report = (message: string) => void host.report(message);
  reportErrors(report);
  const targets = new Map<string, Target>();
  running = createApi(settings, host, report);
  running.extend = (target: string, render: Target) => targets.set(target, render);
  Object.assign(self, { shopify: running, fetch: guardedFetch(settings.networkAccess) });
  if (settings.surface === "customer-account") addNavigation(host);
  defineElements(settings.elements, report);
  connectBody(connection as RemoteConnection);
  watchElementCreation(settings.elements, report);
  importScripts(settings.script);
  const render = targets.get(settings.target);
  if (!render) throw new Error(`The bundle never called shopify.extend('${settings.target}', …)`);
  await render(running);
}

/** `document.body` of an extension is the root that the page mirrors. */
function connectBody(connection: RemoteConnection): void {
  customElements.define("remote-root", RemoteRootElement);
  const root = document.createElement("remote-root") as RemoteRootElement;
  root.connect(connection);
  document.body.append(root);
  Object.defineProperty(document, "body", { configurable: true, value: root });
}

function reportErrors(report: (message: string) => void): void {
  self.addEventListener("error", (event) => report(`error: ${event.message}`));
  self.addEventListener("unhandledrejection", (event) => {
    const { reason } = event as PromiseRejectionEvent;
    report(
      `unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    );
  });
}

function guardedFetch(networkAccess: boolean): typeof fetch {
  const realFetch = self.fetch.bind(self);
  return async function fetchAsExtension(input, init) {
    const address = input instanceof Request ? input.url : String(input);
    if (address.startsWith("shopify:")) throw new Error(`Demo store does not model fetch("${address}") yet`);
    if (!networkAccess) {
      throw new TypeError("network_access is not switched on in shopify.extension.toml");
    }
    return realFetch(input, init);
  };
}

function addNavigation(host: HostFunctions): void {
  const navigation = { navigate: (url: string) => void host.navigate(String(url)) };
  Object.defineProperty(self, "navigation", { configurable: true, value: navigation });
}

const functions: WorkerFunctions = {
  start,
  async update(path, value) {
    if (running) setValue(running, path, value);
  },
};

new ThreadWebWorker(self as unknown as Worker, { exports: functions });
