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
  /** The page stands in a running checkout, whose cart can be changed. */
  canChangeCart: boolean;
};

/** What an extension may do to the cart of the checkout it stands in. */
export type CheckoutChange =
  | { type: "addCartLine"; merchandiseId: string; quantity: number }
  | { type: "removeCartLine"; id: string; quantity: number }
  | { type: "addDiscountCode" | "removeDiscountCode"; code: string };
export type ChangeResult = { type: "success" } | { type: "error"; message: string };

/** What the worker may ask of the page. Functions travel as proxies and are always asynchronous. */
export type HostFunctions = {
  sessionToken(): Promise<string>;
  report(message: string): Promise<void>;
  readStorage(key: string): Promise<unknown>;
  writeStorage(key: string, value: unknown): Promise<void>;
  deleteStorage(key: string): Promise<void>;
  changeCheckout(change: CheckoutChange): Promise<ChangeResult>;
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
