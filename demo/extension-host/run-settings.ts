// What the host page hands to the worker; both import this file.
import type { ElementTable, Surface } from "./element-table.ts";
import type { Messages } from "./extension-files.ts";

export type { Surface };

/** Values laid over Shopify's own mock of the target's API: "cost.totalAmount" → value. */
export type Overlay = Record<string, unknown>;

export type RunSettings = {
  target: string;
  surface: Surface;
  /** Absolute URL of the bundle. */
  script: string;
  elements: ElementTable[Surface];
  overlay: Overlay;
  locales: Record<string, Messages>;
  defaultLocale: string;
  language: string;
  currency: string;
  networkAccess: boolean;
};

/** What the worker may ask of the page. Functions travel as proxies and are always asynchronous. */
export type HostFunctions = {
  sessionToken(): Promise<string>;
  report(message: string): Promise<void>;
  readStorage(key: string): Promise<unknown>;
  writeStorage(key: string, value: unknown): Promise<void>;
  deleteStorage(key: string): Promise<void>;
  requireLogin(): Promise<void>;
  showToast(message: string): Promise<void>;
  navigate(url: string): Promise<void>;
  publish(event: string): Promise<void>;
};

export type WorkerFunctions = {
  /** Runs the extension's target; rejects with the extension's error. */
  start(settings: RunSettings, connection: unknown, host: HostFunctions): Promise<void>;
  /** Changes one value of the `shopify` global while the extension runs. */
  update(path: string, value: unknown): Promise<void>;
};
