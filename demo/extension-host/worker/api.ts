// The `shopify` global of a target. Its shape is Shopify's own: `createMockTargetApi` of the extensions tester covers
// every property of the target's type. Store data is laid over it, every signal becomes a real one, and every
// function that the demo store does not play throws by name.
import { createMockTargetApi } from "../../../node_modules/@shopify/ui-extensions-tester/build/esm/mocks/target-apis.mjs";
import type { HostFunctions, RunSettings } from "../run-settings.ts";
import { createTranslator } from "./i18n.ts";
import { createSignals, isPlainObject, isSignal } from "./signals.ts";

export type Api = Record<string, unknown>;

export function createApi(
  settings: RunSettings,
  host: HostFunctions,
  report: (message: string) => void,
): Api {
  const api = createMockTargetApi(settings.target) as Api;
  refuseFunctions(api, "shopify");
  const signals = createSignals();
  signals.adopt(api);
  const { language, currency } = settings;
  Object.assign(api, {
    setSignals: signals.replaceClass,
    i18n: createTranslator({ ...settings, language, currency, report }),
    sessionToken: { get: () => host.sessionToken() },
    storage: {
      read: async (key: string) => (await host.readStorage(key)) ?? null,
      write: (key: string, value: unknown) => host.writeStorage(key, value),
      delete: (key: string) => host.deleteStorage(key),
    },
    analytics: {
      publish: async (event: string) => {
        await host.publish(event);
        return true;
      },
      visitor: async () => ({ type: "success" }),
    },
  });
  if (settings.canChangeCart) {
    api.applyCartLinesChange = host.changeCheckout;
    api.applyDiscountCodeChange = host.changeCheckout;
  }
  if ("requireLogin" in api) api.requireLogin = () => host.requireLogin();
  if ("toast" in api) api.toast = { show: (message: string) => host.showToast(message) };
  for (const [path, value] of Object.entries(settings.overlay)) setValue(api, path, value);
  return api;
}

/** Mock functions answer as if they had done something. Here nothing pretends. */
function refuseFunctions(part: Api, name: string): void {
  for (const [key, value] of Object.entries(part)) {
    const path = `${name}.${key}`;
    if (typeof value === "function") {
      part[key] = () => {
        throw new Error(`Demo store does not model ${path} yet`);
      };
    } else if (isPlainObject(value) && !isSignal(value)) {
      refuseFunctions(value, path);
    }
  }
}

/** Sets "a.b.c"; a signal keeps its identity and gets a new value, a missing optional member appears. */
export function setValue(api: Api, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop()!;
  const owner = keys.reduce<Api>((part, key) => part[key] as Api, api);
  const current = owner[last];
  if (isSignal(current)) current.value = value;
  else owner[last] = value;
}
